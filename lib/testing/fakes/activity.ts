import type { Cloud } from '../../cloud/cloud';
import { activitiesOf, tryFindActivity } from '../../cloud/find-in-cloud';
import type { Json } from '../../json/json';
import type { ActivityWorker, TaskCall, UnscheduledCall } from '../../simulator/task-call';
import { type OptionNames, refuseAll, unknownOptions } from '../check-options';
import { isConstruct, queryOf, type ResourceLike, tryImportedArn } from '../construct';
import { answerOf } from './answer-of';
import { type Fake, type OpenFake, recorder } from './fake';
import { notInStack } from './not-in-stack';
import { asScript, checkConstant, type Script } from './script';

/** What the worker of an activity answers: a value, a function of the task's input, or a script. */
export type ActivityAnswer<Input, Result> = Result | Script | ((input: Input, call: TaskCall) => Result | Promise<Result>);

/**
 * The worker of an activity. It polls all the time, so it has a task as soon as the task is scheduled.
 *
 * ```ts
 * activity(orders.packParcel, takes(Duration.hours(2), { parcelId: 'p-1' }), { workerName: 'packer-1' })
 * activity('pack-parcel', fails('OutOfBoxes').then({ parcelId: 'p-1' }))
 * ```
 * A function may be asynchronous. What it throws as a `StatesError` is what SendTaskFailure would say. The worker sends no heartbeats: with
 * HeartbeatSeconds it has to answer in that time.
 * @param target the activity's construct, name, ARN or logical id
 * @throws SimulatorError if the answer is not JSON; and, where it is used, if the stack has activities and this is none of them
 */
export function activity<Input = never, Result = unknown>(
  target: ResourceLike,
  answer: ActivityAnswer<Input, Result>,
  worker: ActivityWorker = {},
): Fake {
  const query = queryOf(target);
  const label = `activity('${query}')`;
  refuseAll(unknownOptions(worker, OPTIONS, label));
  const { workerName } = worker;
  checkConstant(answer, `the answer of ${label}`);
  const script = asScript(answer);
  const { memory, begin } = recorder(label);
  const fake: Fake = Object.assign(memory, {
    label,
    open(cloud: Cloud): OpenFake {
      const arn = tryFindActivity(cloud, query)?.arn ?? tryImportedArn(target, 'activityArn');
      const known = activitiesOf(cloud);
      if (arn === undefined && (isConstruct(target) || known.length > 0))
        throw notInStack(label, 'the worker of', 'activity', known);
      const note = begin();
      const next = script.open();
      const opened: OpenFake = {
        fake,
        used: false,
        workerName,
        matches: ({ resourceType, resource }: UnscheduledCall) =>
          resourceType === 'activity' && (arn === undefined ? activityName(resource) === query : resource === arn),
        perform(call: TaskCall) {
          opened.used = true;
          const step = next(call);
          note(call, call.parameters, step);
          return answerOf(step, call, unchanged);
        },
      };
      return opened;
    },
  });
  return fake;
}

/** The name of an activity, by its ARN. */
export const activityName = (arn: string): string => arn.replace(/^.*:activity:/, '');

const OPTIONS: OptionNames<ActivityWorker> = { workerName: true };

/** No model says what a worker may answer. */
const unchanged = (answer: Json | Promise<Json>): Json | Promise<Json> => answer;
