import * as fc from 'fast-check';
import type { Json } from '../../lib/json/json';
import type { Snapshot } from '../../lib/simulator/execution';
import { StatesError } from '../../lib/simulator/states-error';
import type { Perform } from '../../lib/simulator/task-call';
import type { SucceededRun } from '../../lib/simulator/run';
import { createWorld, type StartedExecution, type World } from '../../lib/simulator/world';
import { machineOf } from './run-definition';

/** What a state of a chain is. */
type Plan =
  | { readonly type: 'Task' | 'Wait' }
  | { readonly type: 'Parallel'; readonly branches: readonly (readonly Plan[])[] }
  | {
      readonly type: 'Map';
      readonly body: readonly Plan[];
      readonly limit: number;
      readonly children: 'STANDARD' | 'EXPRESS' | undefined;
      readonly tolerated: number;
    };

const plans = fc.letrec<{ plan: Plan; chain: readonly Plan[] }>((tie) => ({
  plan: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<Plan>({ type: 'Task' }, { type: 'Task' }, { type: 'Wait' }),
    fc.record({
      type: fc.constant('Parallel' as const),
      branches: fc.array(tie('chain'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('Map' as const),
      body: tie('chain'),
      limit: fc.nat(3),
      children: fc.constantFrom(undefined, 'STANDARD' as const, 'EXPRESS' as const),
      tolerated: fc.nat(1),
    }),
  ),
  chain: fc.array(tie('plan'), { minLength: 1, maxLength: 3 }),
}));

function build(chain: readonly Plan[], names: { count: number }): Record<string, Json> {
  const own = chain.map(({ type }) => `${type}${++names.count}`);
  const states: Record<string, Json> = {};
  chain.forEach((plan, index) => {
    const next = own[index + 1];
    const onward: Record<string, Json> = next === undefined ? { End: true } : { Next: next };
    const name = own[index] as string;
    switch (plan.type) {
      case 'Task':
        states[name] = { Type: 'Task', Resource: `arn:aws:lambda:us-east-1:123456789012:function:f`, ...onward };
        break;
      case 'Wait':
        states[name] = { Type: 'Wait', Seconds: 1, ...onward };
        break;
      case 'Parallel':
        states[name] = {
          Type: 'Parallel',
          Branches: plan.branches.map((branch) => build(branch, names)),
          ResultPath: null,
          ...onward,
        };
        break;
      case 'Map': {
        const distributed = plan.children !== undefined;
        const children = plan.body.some(isDistributed) ? 'STANDARD' : plan.children;
        states[name] = {
          Type: 'Map',
          ItemsPath: '$.items',
          MaxConcurrency: plan.limit,
          ItemSelector: { 'items.$': '$.items', 'path.$': "States.Format('{}/{}', $.path, $$.Map.Item.Value)" },
          ItemProcessor: {
            ...(children === undefined ? {} : { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: children } }),
            ...build(plan.body, names),
          },
          ...(distributed ? { ToleratedFailureCount: plan.tolerated } : {}),
          ResultPath: null,
          ...onward,
        };
        break;
      }
    }
  });
  return { StartAt: own[0] as string, States: states };
}

const isDistributed = (plan: Plan): boolean =>
  (plan.type === 'Map' && (plan.children !== undefined || plan.body.some(isDistributed))) ||
  (plan.type === 'Parallel' && plan.branches.flat().some(isDistributed));

const hash = (text: string): number => [...text].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) >>> 0, 7);

/** A function that fails as often as its luck has it, each call for itself, and then answers what it was asked. */
function failing(salt: number): Perform {
  const failures = new Map<string, number>();
  return ({ state, parameters }) => {
    const what = `${state} ${JSON.stringify((parameters as { path?: Json }).path)}`;
    const left = failures.get(what) ?? Math.max(0, (hash(`${salt} ${what}`) % 6) - 3);
    failures.set(what, left - 1);
    if (salt >= 0 && left > 0) throw new StatesError('Unlucky', what);
    return { value: parameters, durationMs: hash(what) % 3 };
  };
}

const INPUT: Json = { items: [1, 2], path: '' };

test('redriven until nothing is left, also after a reload, an execution comes to what it would have come to at once', async () => {
  let redrives = 0;
  await fc.assert(
    fc.asyncProperty(plans.chain, fc.nat(1000), fc.boolean(), async (chain, salt, reloads) => {
      const machine = machineOf(build(chain, { count: 0 }));
      const never = createWorld({ perform: failing(-1) });
      const whole = await never.startExecution(machine, INPUT, 'run').run();

      const perform = failing(salt);
      let world: World = createWorld({ perform });
      let execution: StartedExecution = world.startExecution(machine, INPUT, 'run');
      let run = await execution.run();
      let own = 0;
      while (run.status !== 'SUCCEEDED') {
        expect(run.status).toBe('FAILED');
        if (reloads) {
          const snapshot = JSON.parse(JSON.stringify(execution.snapshot())) as Snapshot;
          world = createWorld({ perform });
          execution = world.resumeExecution(machine, snapshot);
        }
        redrives++;
        expect(++own).toBeLessThan(60);
        execution.redrive();
        run = await execution.run();
      }
      expect(run.output).toEqual((whole as SucceededRun).output);
    }),
    { numRuns: 60, seed: 5 },
  );
  expect(redrives).toBeGreaterThan(50);
});
