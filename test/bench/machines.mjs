import simulator from '../../dist/lib/simulator.js';
import { inJsonata, inJsonPath, order, reservations } from './invoicing.mjs';
import { median, race } from './race.mjs';

const { compile, createWorld, parse, StatesError } = simulator;

/** The interpreter on a machine of one query language. */
const bench = (language, definition, more = []) => ({
  title: `A machine in ${language}: choices, templates, functions, synchronous tasks, retries; full history, payload checks`,
  notMeasured: [
    'parsing and compiling: once, before the clock starts',
    'rendering the history as GetExecutionHistory returns it: done when somebody reads it',
    ...more,
  ],
  async measure() {
    const run = contenderOf(definition);
    const { status, cause, output, events } = await run();
    if (status !== 'SUCCEEDED' || output.label !== `o-1-${output.line}` || output.reservation.id !== `r-${output.label}`)
      throw new Error(`The machine does something else: ${cause ?? JSON.stringify(output)}`);
    const transitions = events.filter(({ stateEnteredEventDetails }) => stateEnteredEventDetails !== undefined).length;
    const { microseconds } = await race({ microseconds: { run, times: 150 } }, { rounds: 81, warmUps: 20 });
    const figure = (transitions * 1e6) / median(microseconds);
    return [{ name: 'simulator', figure, unit: 'transitions/s', target: { atLeast: 1_000_000 } }];
  },
});

export const machineInJsonPath = bench('JSONPath', inJsonPath);

export const machineInJsonata = bench('JSONata', inJsonata, [
  'functions of JSONata, such as $merge: they are those of the library, and take as long as it takes',
]);

/** Executions, each in a world of its own. */
function contenderOf(definition) {
  const program = compile(parse(definition));
  const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:Invoicing';
  const machine = { name: 'Invoicing', arn, roleArn: 'arn:aws:iam::123456789012:role/Invoicing', program };
  const perform = reservations(StatesError);
  return () => createWorld({ perform }).startExecution(machine, order, 'e').run();
}
