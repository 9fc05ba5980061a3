import { adviseOnResource, tryParseResource } from '../../asl/resource';
import type { Json } from '../../json/json';
import { SimulatorError } from '../../simulator/simulator-error';
import { FIELD_VALIDATION_MODES, type FieldValidationMode } from '../../services/api-model/field-validation-mode';
import { renderNearest } from '../../names/nearest-name';
import type { RealFunction } from '../../services/lambda/lambda-world';
import type { Answer, TaskCall } from '../../simulator/task-call';
import { type OptionNames, refuseAll, unknownOptions } from '../check-options';
import { answerOf } from './answer-of';
import { compileAnswerCheck } from './check-answer';
import { type Fake, type OpenFake, recorder } from './fake';
import { performStep } from './perform-step';
import { asScript, checkConstant, type Script } from './script';

/** What the fake of a service answers: a value, a function of the request, or a script. */
export type ServiceAnswer = Json | Script | ((request: Json, call: TaskCall) => unknown);

/** How a service's fake answers. */
export interface ServiceFakeOptions {
  /**
   * How strictly requests and answers are held against AWS's model of the API, answers as in a mock of TestState. They are looked at if the
   * project has the AWS SDK's client for the service, such as `@aws-sdk/client-sqs`; what could not be looked at stands in the run's
   * `uncheckedAnswers`.
   * @default 'STRICT'
   */
  readonly fieldValidationMode?: FieldValidationMode;
}

/**
 * The answer of a service integration.
 *
 * ```ts
 * service('sqs:sendMessage', { MessageId: 'm-1' })
 * service('aws-sdk:sesv2:sendEmail', fails('SesV2.TooManyRequestsException').times(2).then({ MessageId: 'm-1' }))
 * ```
 * For a `.sync` task it is the result of the job; starting it answers `{}`.
 * A function may be asynchronous. What it throws as a `StatesError` is the task's Error Output. An answer that the API could not give, as
 * AWS's own model of it says, stops the run. A request that it does not take (an unknown field, a required one missing, the wrong type)
 * fails the execution as on AWS: States.Runtime, before the task is scheduled.
 * @param integration what stands behind `arn:aws:states:::` in Resource, or the whole ARN
 */
export function service(integration: string, answer: ServiceAnswer, options: ServiceFakeOptions = {}): Fake {
  const { fieldValidationMode = 'STRICT' } = options;
  const arn = integration.startsWith('arn:') ? integration : `arn:aws:states:::${integration}`;
  const resource = tryParseResource(arn);
  if (resource?.kind !== 'service') {
    throw new SimulatorError(
      `service('${integration}', …) names no service integration: ${adviseOnResource(arn)}. In service(…) "arn:aws:states:::" may be left out.`,
    );
  }
  const label = `service('${integration}')`;
  refuseAll([...unknownOptions(options, OPTIONS, label), ...unknownMode(fieldValidationMode, label)]);
  checkConstant(answer, `the answer of ${label}`);
  const script = asScript(answer);
  const { memory, begin } = recorder(label);
  const fake: Fake = Object.assign(memory, {
    label,
    open(): OpenFake {
      const note = begin();
      const next = script.open();
      const unchecked = new Set<string>();
      const check = compileAnswerCheck(label, fieldValidationMode, unchecked);
      const opened = {
        fake,
        used: false,
        fieldValidationMode,
        unchecked,
        matches: ({ resourceType, action }: Pick<TaskCall, 'resourceType' | 'action'>) =>
          resourceType === resource.resourceType && action === resource.action,
        perform(call: TaskCall, real: RealFunction): Answer {
          opened.used = true;
          // The answer is what the job comes to, not what starting it answers.
          if (startsJob(call)) return { value: {}, durationMs: 0 };
          const step = next(call);
          note(call, call.parameters, step);
          if (step.kind === 'throttled' && isJob(call)) throw throttledJob(label);
          if (step.kind === 'handler' && !isJob(call))
            return performStep({ ...step, kind: 'answer', answer: null }, call, () => real(0));
          return answerOf(step, call, check);
        },
      };
      return opened;
    },
  });
  return fake;
}

const OPTIONS: OptionNames<ServiceFakeOptions> = { fieldValidationMode: true };

function unknownMode(mode: unknown, label: string): readonly string[] {
  if (FIELD_VALIDATION_MODES.some((known) => known === mode)) return [];
  const found = typeof mode === 'string' ? mode : '';
  return [
    `The fieldValidationMode of ${label} is ${FIELD_VALIDATION_MODES.map((known) => `'${known}'`).join(', ')}; found ${JSON.stringify(mode)}.${renderNearest(found, FIELD_VALIDATION_MODES)}`,
  ];
}

const isJob = ({ resource }: TaskCall): boolean => /\.sync(:2)?$/.test(resource);

const startsJob = (call: TaskCall): boolean => isJob(call) && call.submitted === undefined;

/** On AWS it is the request that starts a job which is throttled, and this fake answers for the job. */
const throttledJob = (label: string): SimulatorError =>
  new SimulatorError(
    `${label} is the result of a job, and only what starts a job can be throttled: give the limit(…) to job(…).`,
  );
