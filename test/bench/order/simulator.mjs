import simulator from '../../../dist/lib/simulator.js';

const { createWorld } = simulator;

/** Executions of the simulator, each in a world of its own; the definition is compiled once, the input admitted once. */
export async function simulatorContender(machine, answers, order) {
  const perform = ({ state, parameters }) => ({ value: answers[state](parameters), durationMs: 0 });
  const execute = (input, name) => createWorld({ perform }).startExecution(machine, input, name).run();
  const { input } = await execute(order, 'first');
  return (name) => execute(input, name);
}
