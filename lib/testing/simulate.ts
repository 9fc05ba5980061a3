import type { Json } from '../json/json';
import { begin, type BegunSimulation, type SimulatedRun, type SimulationOptions } from './begin';
import { runToEnd } from './in-hand';
import type { SimulationTarget } from './target';
import { partsOf } from './test-world';

/**
 * Runs a state machine to its end on a virtual clock.
 *
 * ```ts
 * const run = await simulate(orders, { input: { orderId: 'o-1' }, fakes: [lambda(orders.chargeCard, { paymentId: 'p-1' })] });
 * expect(run).toSucceedWith(expect.objectContaining({ status: 'SHIPPED' }));
 * ```
 * A function without a fake runs its own handler; a table of the stack exists in memory. The same target, input, fakes and
 * seed give the same history, byte for byte.
 * @param target a construct or stack with one state machine, `{ assembly: 'cdk.out' }`, or a definition
 * @throws DefinitionError if AWS would refuse the definition: all problems at once
 * @throws SimulatorError if the simulation cannot go on: what is not simulated, what never ends, what has no fake
 */
export async function simulate<Output = Json>(
  target: SimulationTarget,
  options: SimulationOptions = {},
): Promise<SimulatedRun<Output>> {
  return finish<Output>(begin(target, options, 'simulate(…)'));
}

/** Runs a simulation that has begun to its end. */
export async function finish<Output = Json>({ testWorld, execution, simulated }: BegunSimulation): Promise<SimulatedRun<Output>> {
  const { world, ready, pace } = partsOf(testWorld);
  await ready();
  const run = await runToEnd(world, pace, execution);
  // What it has sent arrives before the test goes on.
  if (!pace.isInHand) await world.settled();
  return simulated(run) as SimulatedRun<Output>;
}
