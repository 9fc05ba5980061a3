import { renderJson } from '../../json/render-json';
import type { JsonObject } from '../../json/json';
import { combineServices } from '../../services/combine-services';
import type { JobEnding } from '../../services/jobs/job';
import { createJobs, JOB_KINDS } from '../../services/jobs/jobs';
import { SimulatorError } from '../../simulator/simulator-error';
import { StatesError } from '../../simulator/states-error';
import type { Answer, TaskCall, UnscheduledCall } from '../../simulator/task-call';
import { type OptionNames, refuseAll, unknownOptions } from '../check-options';
import { copyOf, type Fake, type FakeCall, type OpenFake, recorder } from './fake';
import { performStep } from './perform-step';
import {
  asScript,
  checkConstant,
  type DurationLike,
  failure,
  isScript,
  type Script,
  type Step,
  toMs,
  withAnswer,
} from './script';

/** How long a job takes, and how it ends. */
export interface JobOptions extends JobEnding {
  /** Virtual time from the answer to the request that starts it to its end. @default 0 */
  readonly takes?: DurationLike;
}

/** What comes of a job: options, a function of the request that gives them, or a script for the calls that start jobs. */
export type JobAnswer = JobOptions | Script | JobFunction;

/** A call whose job has been stopped. One that was throttled has started none. */
export type StoppedCall = Omit<FakeCall, 'throttled'>;

/** The jobs of a service, and which of them have been stopped. */
export interface JobFake extends Fake {
  /**
   * The calls whose jobs Step Functions has stopped before they were over, in every world: their execution was stopped or has timed out, or
   * another branch has failed. `at` is the time of that.
   */
  readonly stopped: readonly StoppedCall[];
}

type JobFunction = (request: JsonObject, call: TaskCall) => JobOptions;

/**
 * The jobs of a service: of Athena, Batch, CodeBuild, ECS or Glue. A `.sync` task waits for its job and gets what the service says of it; if the job
 * fails, that is the cause of `States.TaskFailed`.
 *
 * ```ts
 * job('glue:startJobRun', { takes: Duration.minutes(20) })
 * job('batch:submitJob', { takes: Duration.hours(1), exitCode: 137, fail: 'OutOfMemoryError: Container killed due to memory usage' })
 * job('ecs:runTask', ({ Overrides }) => ({ takes: 30, exitCode: Overrides === undefined ? 0 : 1 }))
 * job('glue:startJobRun', fails('Glue.ConcurrentRunsExceededException').times(2).then({ takes: Duration.minutes(20) }))
 * ```
 * @param integration as it stands behind `arn:aws:states:::`, without `.sync`
 * @throws SimulatorError if there are no such jobs, or the options cannot be
 */
export function job(integration: string, answer: JobAnswer): JobFake {
  const label = `job('${integration}')`;
  const kind = JOB_KINDS.find(({ resourceType, action }) => `${resourceType}:${action}` === integration);
  if (kind === undefined) {
    const known = JOB_KINDS.map(({ resourceType, action }) => `${resourceType}:${action}`);
    throw new SimulatorError(
      `${label} is none of the jobs that are simulated: ${known.join(', ')}. For the result of another: service('${integration}.sync', …).`,
    );
  }
  if (typeof answer === 'object' && !isScript(answer)) checkOptions(answer, label);
  const script = asScript(answer);
  const { memory, begin } = recorder(label);
  const stopped: StoppedCall[] = [];
  const fake: JobFake = Object.assign(memory, {
    label,
    stopped,
    open(): OpenFake {
      const note = begin();
      const next = script.open();
      /** By what submitting the job answered. */
      const submitted = new Map<string, JobOptions>();

      const start = (step: Step, call: TaskCall): Answer =>
        performStep(step, call, (answerTo) => {
          const options = checkOptions(answerTo(copyOf(call.parameters), call), label);
          const response = jobs(options, call);
          submitted.set(renderJson(response), options);
          return response;
        });

      const wait = (call: TaskCall): Answer => {
        // A job that another world has started, before a reload, ends as the next one of this world would.
        const options = submitted.get(renderJson(call.submitted ?? null)) ?? resumed(next(call), call);
        const durationMs = takesMs(options);
        try {
          return { value: jobs(options, call), durationMs };
        } catch (error) {
          if (error instanceof StatesError) return failure(error, durationMs);
          throw error;
        }
      };

      const resumed = (given: Step, call: TaskCall): JobOptions => {
        const step = withAnswer(given, call);
        if (step.kind === 'failure') return { fail: step.cause ?? step.error };
        const options =
          typeof step.answer === 'function'
            ? (step.answer as JobFunction)(copyOf(call.parameters) as JsonObject, call)
            : step.answer;
        return checkOptions(options, label);
      };

      const opened = {
        fake,
        used: false,
        matches: ({ resourceType, action }: UnscheduledCall) => resourceType === kind.resourceType && action === kind.action,
        perform(call: TaskCall): Answer {
          opened.used = true;
          if (call.submitted !== undefined) return wait(call);
          const step = next(call);
          note(call, call.parameters, step);
          return start(step, call);
        },
        callOff({ parameters: request, state, executionArn, attempt }: TaskCall, epochMs: number) {
          stopped.push({ request, state, executionArn, attempt, at: new Date(epochMs) });
        },
      };
      return opened;
    },
  });
  return fake;
}

const takesMs = ({ takes = 0 }: JobOptions): number => toMs(takes);

const jobs = (options: JobOptions, call: TaskCall) => {
  const { takes: _, ...ending } = options;
  // Nothing of it waits.
  return combineServices(createJobs(() => ({ ending, takesMs: takesMs(options) }))).perform(call).value as JsonObject;
};

const OPTION_NAMES: OptionNames<JobOptions> = { takes: true, fail: true, exitCode: true, failures: true, result: true };

/** What an option is, where it is something else. */
const KINDS: Readonly<Record<keyof JobOptions, readonly [is: string, fits: (value: unknown) => boolean]>> = {
  takes: ['a duration of zero or more', (value) => toMs(value as DurationLike) >= 0],
  fail: ['a text', (value) => typeof value === 'string'],
  exitCode: ['a whole number from 0 to 255', (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255],
  failures: ['a list of texts', (value) => Array.isArray(value) && value.every((item) => typeof item === 'string')],
  result: ['an object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value)],
};

/** @throws SimulatorError with everything that is wrong */
function checkOptions(given: unknown, label: string): JobOptions {
  const unknown = unknownOptions(given, OPTION_NAMES, label);
  refuseAll([...unknown, ...wrongOptions(given, label)]);
  const options = given as JobOptions;
  if (options.result !== undefined) checkConstant(options.result, `the result of ${label}`);
  return options;
}

const wrongOptions = (given: unknown, label: string): readonly string[] =>
  Object.entries(typeof given === 'object' && given !== null ? given : {}).flatMap(([name, value]) => {
    const [is, fits] = Object.hasOwn(KINDS, name) ? KINDS[name as keyof JobOptions] : [];
    if (is === undefined || fits === undefined || value === undefined || fits(value)) return [];
    return [`${label}: "${name}" is ${is}; found ${JSON.stringify(value)}.`];
  });
