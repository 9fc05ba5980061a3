import type { JsonObject } from '../../json/json';
import { memberOf } from '../position';
import { isCatchAll, isRetrying, retriersOf } from './error-names';
import { workflow } from './example';
import { requestField, requestText } from './request';
import type { Rule } from './rule';

const charge = (payload: JsonObject) =>
  workflow({
    ChargeCard: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'charge-card', Payload: payload },
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 3 }],
      End: true,
    },
  });

/** Only names of which nobody can doubt that money moves. */
const MOVES_MONEY = [
  /(?:^|[^a-z])(?:charge|pay|refund|withdraw|debit|capture)(?=[A-Z_\s-]|$)/,
  /(?:Charge|Pay|Refund|Withdraw|Debit|Capture)(?=[A-Z_\s-]|$)/,
  /(?:process|make|submit|take|execute|collect)[\s_-]?payment/i,
];

export const rule: Rule = {
  id: 'retry-without-idempotency-key',
  summary: 'A payment is retried after any error, with nothing by which the payee could tell that it is the same one',
  why: 'A timeout does not say that nothing happened: the retry charges a second time.',
  source:
    'https://github.com/aws-samples/aws-serverless-airline-booking/issues/167 · https://github.com/aws-samples/aws-serverless-ecommerce-platform/issues/180',
  failing: { definition: charge({ 'total.$': '$.total' }) },
  corrected: { definition: charge({ 'total.$': '$.total', 'idempotencyKey.$': '$$.Execution.Name' }) },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const isAny = retriersOf(node).some(
        (retrier) => isRetrying(retrier) && retrier.ErrorEquals.some((name) => isCatchAll(name) || name === 'States.Timeout'),
      );
      if (node.resource === undefined || !isAny || !MOVES_MONEY.some((pattern) => pattern.test(node.name))) return [];
      const text = requestText(node);
      // A request that is the whole input may hold a key.
      const hasKey =
        /idempot|dedup|clientToken|requestId|requestToken/i.test(text) || /\$\$\.Execution|states\.context\.Execution/.test(text);
      const isWhole = text === 'null' || /"(?:Payload|Input|Body)(?:\.\$)?":"(?:\$|\{%\s*\$states\.input\s*%\})"/.test(text);
      if (hasKey || isWhole) return [];
      return [
        {
          at: memberOf(node.position, requestField(node)),
          message: `"${node.name}" is retried after any error, and its request has no idempotency key`,
          hint: 'send one, such as "idempotencyKey.$": "$$.Execution.Name", and let the function remember it',
        },
      ];
    }),
};
