import { isDeepStrictEqual } from 'node:util';
import history from '../../dist/lib/simulator/history.js';
import { answers, TRANSITIONS } from './order/answers.mjs';
import { awsLocalStepFunctionsContender } from './order/aws-local-stepfunctions.mjs';
import { runByHand, workflowOf } from './order/by-hand.mjs';
import { order, synthesizedMachine } from './order/example.mjs';
import { simulatorContender } from './order/simulator.mjs';
import { median, race, ratio } from './race.mjs';

/** The order workflow with synchronous fakes: the interpreter and nothing else. */
export const orderWorkflow = {
  title: 'Order workflow, full history, synchronous fakes',
  notMeasured: [
    'synthesizing, parsing and compiling: once, before the clock starts',
    'checking the input: once, before the clock starts; making a world for each execution is measured',
    'rendering the history as GetExecutionHistory returns it: done when somebody reads it',
    'the fakes: the same functions for all, a new answer at each call',
    'by hand: only the order that goes through; no retries, timeouts, limits, checks of what it is given',
    'aws-local-stepfunctions: two events per state and none for tasks; real timers; no checks of paths and ARNs',
  ],
  async measure() {
    const machine = synthesizedMachine();
    const simulated = await simulatorContender(machine, answers, order);
    const other = await awsLocalStepFunctionsContender(machine, answers, order);
    const { startDate } = await simulated('e');
    const workflow = workflowOf(machine, startDate.getTime());
    const byHand = (name) => runByHand(workflow, answers, order, name);
    await checkEqual(simulated, byHand, other);

    const named = (run, times) => ({ run: (index) => run(`e-${index}`), times });
    // In pairs, so that the garbage of one opponent is no burden in the race against the other.
    const first = await race({ simulator: named(simulated, 1_000), hand: named(byHand, 3_000) }, { rounds: 41, warmUps: 20 });
    const second = await race({ simulator: named(simulated, 1_000), awsLocal: named(other, 50) }, { rounds: 21, warmUps: 10 });
    const perSecond = (microseconds) => (TRANSITIONS * 1e6) / median(microseconds);
    return [
      { name: 'simulator', figure: perSecond(first.simulator), unit: 'transitions/s' },
      { name: 'aws-local-stepfunctions', figure: perSecond(second.awsLocal), unit: 'transitions/s' },
      { name: 'by hand', figure: perSecond(first.hand), unit: 'transitions/s' },
      {
        name: 'simulator : aws-local-stepfunctions',
        figure: ratio(second.awsLocal, second.simulator),
        unit: 'times as fast',
        target: { atLeast: 20 },
      },
      {
        name: 'simulator : by hand',
        figure: ratio(first.hand, first.simulator),
        unit: 'times as fast',
        target: { atLeast: 1 / 3 },
      },
    ];
  },
};

/** Events with their texts of JSON as values: AWS's order of the fields is not the contender's. */
const parsed = (events) =>
  events.map((event) =>
    JSON.parse(JSON.stringify(event), (_, value) =>
      typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value,
    ),
  );

/** A contender that does something else would be no contender. */
async function checkEqual(simulated, byHand, other) {
  const [run, hand, log] = await Promise.all([simulated('e'), byHand('e'), other('e')]);
  if (run.status !== 'SUCCEEDED') throw new Error(`The order does not go through: ${run.error}, ${run.cause}`);
  if (!isDeepStrictEqual(parsed(run.events), parsed(history.renderHistory(hand.events))))
    throw new Error('The workflow by hand keeps another history than the simulator: change test/bench/order/by-hand.mjs.');
  if (!isDeepStrictEqual(run.output, hand.output)) throw new Error('The workflow by hand comes to another output.');
  if (!isDeepStrictEqual(run.output, log.output)) throw new Error('aws-local-stepfunctions comes to another output.');
  const entered = run.events.filter(({ stateEnteredEventDetails }) => stateEnteredEventDetails !== undefined).length;
  if (entered !== TRANSITIONS) throw new Error(`The order enters ${entered} states: change TRANSITIONS.`);
}
