import simulator from '../../dist/lib/simulator.js';
import { TRANSITIONS } from './order/answers.mjs';
import { order, synthesizedTarget } from './order/example.mjs';
import { median, race } from './race.mjs';

const { createTestWorld, simulate } = simulator;

/** The order workflow as a test without fakes runs it: its own handlers, and DynamoDB in memory. */
export const orderWorkflowWithHandlers = {
  title: 'Order workflow, full history, real handlers and dynalite',
  notMeasured: [
    'synthesizing, compiling, making and seeding the table',
    'loading the handlers: they stay warm from execution to execution',
  ],
  async measure() {
    const target = synthesizedTarget();
    const world = createTestWorld(target);
    const table = 'Orders/Orders/Inventory/Resource';
    await world.seedTable(table, [{ ProductId: { S: order.productId }, Quantity: { N: '1000000000' } }]);
    const run = async () => {
      const { status, error, cause } = await simulate(target, { input: order, world });
      if (status !== 'SUCCEEDED') throw new Error(`The order does not go through: ${error}, ${cause}`);
    };
    const { simulated } = await race({ simulated: { run, times: 40 } }, { rounds: 9, warmUps: 3 });
    return [
      { name: 'simulate()', figure: (TRANSITIONS * 1e6) / median(simulated), unit: 'transitions/s' },
      { name: 'simulate()', figure: median(simulated) / 1e3, unit: 'ms/execution' },
    ];
  },
};
