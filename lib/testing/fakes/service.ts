import { adviseOnResource, tryParseResource } from '../../asl/resource';
import type { Json } from '../../json/json';
import { SimulatorError } from '../../simulator/simulator-error';
import { StatesError } from '../../simulator/states-error';
import type { Answer, TaskCall } from '../../simulator/task-call';
import { copyOf, type Fake, type OpenFake, recorder } from './fake';
import { asScript, checkConstant, failure, refuseScript, type Script, type Step } from './script';

/** What the fake of a service answers: a value, a function of the request, or a script. */
export type ServiceAnswer = Json | Script | ((request: Json, call: TaskCall) => unknown);

/**
 * The answer of a service integration.
 *
 * ```ts
 * service('sqs:sendMessage', { MessageId: 'm-1' })
 * service('aws-sdk:sesv2:sendEmail', fails('SesV2.TooManyRequestsException').times(2).then({ MessageId: 'm-1' }))
 * ```
 * A function may be asynchronous. What it throws as a `StatesError` is the task's Error Output.
 * @param integration what stands behind `arn:aws:states:::` in Resource, or the whole ARN
 */
export function service(integration: string, answer: ServiceAnswer): Fake {
  const arn = integration.startsWith('arn:') ? integration : `arn:aws:states:::${integration}`;
  const resource = tryParseResource(arn);
  if (resource?.kind !== 'service') {
    throw new SimulatorError(
      `service('${integration}', …) names no service integration: ${adviseOnResource(arn)}. In service(…) "arn:aws:states:::" may be left out.`,
    );
  }
  const label = `service('${integration}')`;
  checkConstant(answer, `the answer of ${label}`);
  const script = asScript(answer);
  const { memory, note } = recorder(label);
  const fake: Fake = Object.assign(memory, {
    label,
    open(): OpenFake {
      let count = 0;
      const opened = {
        fake,
        used: false,
        matches: ({ resourceType, action }: Pick<TaskCall, 'resourceType' | 'action'>) =>
          resourceType === resource.resourceType && action === resource.action,
        perform(call: TaskCall) {
          opened.used = true;
          note(call, call.parameters);
          return answerOf(script.stepAt(count++), call);
        },
      };
      return opened;
    },
  });
  return fake;
}

function answerOf(step: Step, call: TaskCall): Answer {
  const { durationMs } = step;
  if (step.kind === 'failure') return failure(new StatesError(step.error, step.cause), durationMs);
  if (typeof step.answer !== 'function') return { value: step.answer as Json, durationMs };
  const answer = step.answer as (request: Json, call: TaskCall) => Json | Promise<Json>;
  return { value: refuseScript(answer(copyOf(call.parameters), call)), durationMs };
}
