import type { Cloud } from '../../cloud/cloud';
import type { Json } from '../../json/json';
import type { Answer, TaskCall, UnscheduledCall } from '../../simulator/task-call';
import { type Fake, type OpenFake, recorder, type SharedServices } from './fake';
import { performStep, type StepAnswer } from './perform-step';
import { asScript, checkConstant } from './script';

/** What stands behind a simulated service: the service makes request and result, the test what is between. */
export interface StandIn {
  /** For messages. */
  readonly label: string;
  /** A value, a function of what the service hands over, or a script. */
  readonly answer: unknown;
  matches(call: UnscheduledCall, cloud: Cloud): boolean;
  /** What the service makes of the call; `answer` gives what the test answers to what it is handed. */
  perform(call: TaskCall, answer: StepAnswer, services: SharedServices): Json | Promise<Json>;
}

/** A fake that answers through a simulated service. */
export function standIn({ label, answer, matches, perform }: StandIn): Fake {
  checkConstant(answer, `the answer of ${label}`);
  const script = asScript(answer);
  const { memory, begin } = recorder(label);
  const fake: Fake = Object.assign(memory, {
    label,
    open(cloud: Cloud, services: SharedServices): OpenFake {
      const note = begin();
      const next = script.open();
      const opened = {
        fake,
        used: false,
        matches: (call: UnscheduledCall) => matches(call, cloud),
        perform(call: TaskCall): Answer {
          opened.used = true;
          const step = next(call);
          note(call, call.parameters, step);
          return performStep(step, call, (answerTo) => perform(call, answerTo, services));
        },
      };
      return opened;
    },
  });
  return fake;
}
