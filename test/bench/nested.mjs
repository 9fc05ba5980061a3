import simulator from '../../dist/lib/simulator.js';
import { median } from './race.mjs';

const { createTestWorld, simulate } = simulator;

const CHILDREN = 1000;
const ROUNDS = 15;

const child = {
  StartAt: 'Rest',
  States: { Rest: { Type: 'Wait', Seconds: 1, Next: 'Give' }, Give: { Type: 'Pass', Parameters: { 'n.$': '$' }, End: true } },
};

const parent = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Start',
        States: {
          Start: {
            Type: 'Task',
            Resource: 'arn:aws:states:::states:startExecution.sync:2',
            Parameters: { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:child', 'Input.$': '$' },
            ResultSelector: { 'n.$': '$.Output.n' },
            End: true,
          },
        },
      },
      End: true,
    },
  },
};

/** An execution that starts a thousand others at once and waits for them. */
export const nested = {
  title: `A Map that starts ${CHILDREN.toLocaleString('en-US')} executions with states:startExecution.sync:2 and waits for all`,
  notMeasured: ['making the world: once, before the clock starts', 'rendering histories: done when somebody reads them'],
  async measure() {
    const input = Array.from({ length: CHILDREN }, (_, index) => index);
    const figures = [];
    for (let round = -5; round < ROUNDS; round++) {
      const world = createTestWorld(undefined, { stateMachines: [{ name: 'child', definition: child }] });
      const started = performance.now();
      const run = await simulate(parent, { world, input });
      const seconds = (performance.now() - started) / 1000;
      if (run.status !== 'SUCCEEDED' || run.output[CHILDREN - 1].n !== CHILDREN - 1 || world.executions().length !== CHILDREN)
        throw new Error(`The Map does something else: ${run.cause}`);
      if (round >= 0) figures.push(CHILDREN / seconds);
    }
    return [{ name: 'nested executions', figure: median(figures), unit: 'per second' }];
  },
};
