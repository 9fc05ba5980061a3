import type { JsonObject } from '../../json/json';
import { memberOf } from '../position';
import { workflow } from './example';
import { requestField, requestText } from './request';
import type { Rule } from './rule';

const approve = (body: JsonObject) =>
  workflow({
    Approve: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'https://sqs.example/approvals', MessageBody: body },
      TimeoutSeconds: 86_400,
      End: true,
    },
  });

export const rule: Rule = {
  id: 'callback-without-token',
  summary: 'A task waits for its token and hands it to nobody',
  why: 'Nothing can ever complete the task: it waits until its timeout.',
  source:
    'https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html · https://github.com/sivchari/kumo/pull/875',
  failing: { definition: approve({ 'order.$': '$' }) },
  corrected: { definition: approve({ 'order.$': '$', 'token.$': '$$.Task.Token' }) },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const { resource, language } = node;
      if (resource?.kind !== 'service' || resource.pattern !== 'waitForTaskToken') return [];
      const text = requestText(node);
      // The token itself, or the Context Object or its Task whole.
      const isHanded =
        language === 'JSONata'
          ? /\$states\s*\.\s*context(?!\s*\.\s*(?!Task\b))/.test(text) || /\$states(?!\s*\.)/.test(text)
          : /\$\$(?:\.Task(?:\.Token)?|\['Task'\](?:\.Token|\['Token'\])?)?(?=["',) ])/.test(text);
      return isHanded
        ? []
        : [
            {
              at: memberOf(node.position, requestField(node)),
              message: `The request of "${node.name}" does not hold the task token`,
              hint: language === 'JSONata' ? "send '{% $states.context.Task.Token %}'" : 'send it: "token.$": "$$.Task.Token"',
            },
          ];
    }),
};
