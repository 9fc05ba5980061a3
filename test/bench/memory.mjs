import simulator from '../../dist/lib/simulator.js';
import { inJsonPath, order, reservations } from './invoicing.mjs';

const { compile, createWorld, parse, StatesError } = simulator;

const EXECUTIONS = 100_000;
/** Before these, code is being optimized and caches fill. */
const WARM_UPS = 10_000;

/** What is left of executions whose runs nobody keeps. */
export const memory = {
  title: `${EXECUTIONS.toLocaleString('en-US')} executions of a small machine in one world, their runs dropped`,
  notMeasured: ['calls that a fake remembers: as many as there were'],
  async measure() {
    const definition = { ...inJsonPath, States: { ...inJsonPath.States, 'More?': { Type: 'Pass', Next: 'Done' } } };
    delete definition.States.Advance;
    const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:Small';
    const machine = { name: 'Small', arn, roleArn: 'arn:aws:iam::123456789012:role/Small', program: compile(parse(definition)) };
    const world = createWorld({ perform: reservations(StatesError) });
    const started = performance.now();
    for (let index = 0; index < WARM_UPS; index++) await world.startExecution(machine, order).run();
    const before = heapBytes();
    for (let index = WARM_UPS; index < EXECUTIONS; index++) await world.startExecution(machine, order).run();
    const growth = (heapBytes() - before) / (EXECUTIONS - WARM_UPS);
    return [
      { name: 'heap that is left', figure: Math.max(0, growth), unit: 'bytes/execution', target: { atMost: 10 } },
      { name: 'all of them', figure: (performance.now() - started) / 1000, unit: 's' },
    ];
  },
};

function heapBytes() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
