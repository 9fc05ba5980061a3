import * as fc from 'fast-check';
import { StatesError } from '../../lib/simulator/states-error';
import type { Json } from '../../lib/json/json';
import type { TaskCall } from '../../lib/simulator/task-call';
import type { Behaviour } from './cut-everywhere';
import { INVOKE, SEND_AND_WAIT } from './run-definition';

/** What a state of a random chain is, before names are given. */
type Plan =
  | { readonly type: 'Pass' | 'Choice' | 'Fail' | 'Empty' }
  | { readonly type: 'Wait'; readonly seconds: number }
  | { readonly type: 'Task'; readonly token: boolean; readonly policy: Policy; readonly timeout: number | undefined }
  | { readonly type: 'Parallel'; readonly branches: readonly (readonly Plan[])[]; readonly policy: Policy }
  | {
      readonly type: 'Map';
      readonly items: number;
      readonly limit: number;
      readonly body: readonly Plan[];
      /** Of a Distributed Map: what runs its items. */
      readonly children: 'STANDARD' | 'EXPRESS' | undefined;
      readonly toleratedPercentage: number | undefined;
      readonly policy: Policy;
    };

interface Policy {
  readonly retries: number;
  readonly jitter: boolean;
  readonly catches: boolean;
}

const policy: fc.Arbitrary<Policy> = fc.record({ retries: fc.nat(2), jitter: fc.boolean(), catches: fc.boolean() });

const plans = fc.letrec<{ plan: Plan; chain: readonly Plan[] }>((tie) => ({
  plan: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.record({ type: fc.constantFrom('Pass' as const, 'Choice' as const, 'Pass' as const, 'Empty' as const) }),
    fc.record({ type: fc.constant('Wait' as const), seconds: fc.nat(3) }),
    fc.record({
      type: fc.constant('Task' as const),
      token: fc.boolean(),
      policy,
      timeout: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    }),
    fc.record({ type: fc.constant('Fail' as const) }),
    fc.record({
      type: fc.constant('Parallel' as const),
      branches: fc.array(tie('chain'), { minLength: 1, maxLength: 3 }),
      policy,
    }),
    fc.record({
      type: fc.constant('Map' as const),
      items: fc.nat(4),
      limit: fc.nat(3),
      body: tie('chain'),
      children: fc.constantFrom(undefined, undefined, 'STANDARD' as const, 'EXPRESS' as const),
      toleratedPercentage: fc.constantFrom(undefined, 40, 100),
      policy,
    }),
  ),
  chain: fc.array(tie('plan'), { minLength: 1, maxLength: 3 }),
}));

/** The fields of states in one query language. */
interface Dialect {
  readonly machine: Record<string, Json>;
  readonly pass: (n: number) => Record<string, Json>;
  readonly empty: Record<string, Json>;
  /** A test whether something was caught before. */
  readonly wasCaught: Record<string, Json>;
  readonly result: (field: string) => Record<string, Json>;
  readonly call: Record<string, Json>;
  readonly withToken: Record<string, Json>;
  readonly catcher: Record<string, Json>;
  readonly items: (count: number) => Record<string, Json>;
}

const JSON_PATH: Dialect = {
  machine: {},
  pass: (n) => ({ Parameters: { n, 'id.$': 'States.UUID()', 'before.$': '$' } }),
  empty: { InputPath: null, ResultPath: null },
  wasCaught: { Variable: '$.caught', IsPresent: true },
  result: (field) => ({ ResultPath: `$.${field}` }),
  call: { Parameters: { FunctionName: 'f', 'Payload.$': '$' } },
  withToken: { Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } } },
  catcher: { ResultPath: '$.caught' },
  items: (count) => ({
    ItemsPath: `$$.Execution.Input.lists[${count}]`,
    ItemSelector: {
      'value.$': '$$.Map.Item.Value',
      'index.$': '$$.Map.Item.Index',
      // For a Map in a child of a Distributed Map, whose own input this is.
      'lists.$': '$$.Execution.Input.lists',
    },
  }),
};

const merged = (field: string, value: string): string => `{% $merge([$states.input, {"${field}": ${value}}]) %}`;

const JSONATA: Dialect = {
  machine: { QueryLanguage: 'JSONata' },
  // One in five has no output, which is an error that Retry and Catch around it may see.
  pass: (n) => ({
    Output: { n, id: '{% $uuid() %}', before: n % 5 === 0 ? '{% $nothing %}' : '{% $states.input %}' },
    Assign: { [`seen${n}`]: '{% $random() %}' },
  }),
  empty: { Output: {} },
  wasCaught: { Condition: '{% $exists($states.input.caught) %}' },
  result: (field) => ({ Output: merged(field, '$states.result') }),
  call: { Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' } },
  withToken: { Arguments: { QueueUrl: 'q', MessageBody: { token: '{% $states.context.Task.Token %}' } } },
  catcher: { Output: merged('caught', '$states.errorOutput.Error') },
  items: (count) => ({
    Items: [1, 2, 3, 4].slice(0, count),
    ItemSelector: {
      value: count === 3 ? '{% $states.context.Map.Item.Value[$ < 3] %}' : '{% $states.context.Map.Item.Value %}',
      id: '{% $uuid() %}',
    },
  }),
};

/** A small definition in which everything may happen, in either query language. */
export const randomDefinition: fc.Arbitrary<Record<string, Json>> = fc
  .tuple(plans.chain, fc.constantFrom(JSON_PATH, JSONATA))
  .map(([chain, dialect]) => ({ ...dialect.machine, ...definitionOf(chain, dialect) }));

function definitionOf(chain: readonly Plan[], dialect: Dialect): Record<string, Json> {
  let count = 0;
  const build = (plansOfChain: readonly Plan[]): Record<string, Json> => {
    const names = plansOfChain.map(({ type }) => `${type}${++count}`);
    const states: Record<string, Json> = {};
    plansOfChain.forEach((plan, index) => {
      const next = names[index + 1];
      const onward: Record<string, Json> = next === undefined ? { End: true } : { Next: next };
      const name = names[index] as string;
      const policed = (policyOfState: Policy): Record<string, Json> => {
        const fields: Record<string, Json> = {};
        if (policyOfState.retries > 0) {
          const jitter: Record<string, Json> = policyOfState.jitter ? { JitterStrategy: 'FULL' } : {};
          fields['Retry'] = [
            { ErrorEquals: ['A'], MaxAttempts: policyOfState.retries, IntervalSeconds: 1, ...jitter },
            { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
          ];
        }
        if (policyOfState.catches) {
          fields['Catch'] = [{ ErrorEquals: ['States.ALL'], ...dialect.catcher, Next: `${name}Caught` }];
          states[`${name}Caught`] = { Type: 'Pass', ...onward };
        }
        return fields;
      };
      switch (plan.type) {
        case 'Pass':
          states[name] = { Type: 'Pass', ...dialect.pass(Number(name.slice('Pass'.length))), ...onward };
          break;
        case 'Empty':
          states[name] = { Type: 'Pass', ...dialect.empty, ...onward };
          break;
        case 'Choice':
          states[`${name}Then`] = { Type: 'Pass', ...onward };
          states[name] = { Type: 'Choice', Choices: [{ ...dialect.wasCaught, Next: `${name}Then` }], Default: `${name}Then` };
          break;
        case 'Wait':
          states[name] = { Type: 'Wait', Seconds: plan.seconds, ...onward };
          break;
        case 'Fail':
          // A Fail is the end of a chain; what comes after it needs another way in.
          states[name] =
            next === undefined
              ? { Type: 'Fail', Error: 'A', Cause: 'planned' }
              : { Type: 'Choice', Choices: [{ ...dialect.wasCaught, Next: `${name}Now` }], Default: next };
          if (next !== undefined) states[`${name}Now`] = { Type: 'Fail', Error: 'B' };
          break;
        case 'Task':
          states[name] = {
            Type: 'Task',
            Resource: plan.token ? SEND_AND_WAIT : INVOKE,
            ...(plan.token ? { ...dialect.withToken, TimeoutSeconds: 5, HeartbeatSeconds: 2 } : dialect.call),
            ...(plan.timeout === undefined || plan.token ? {} : { TimeoutSeconds: plan.timeout }),
            ...dialect.result('result'),
            ...policed(plan.policy),
            ...onward,
          };
          break;
        case 'Parallel':
          states[name] = {
            Type: 'Parallel',
            Branches: plan.branches.map(build),
            ...dialect.result('branches'),
            ...policed(plan.policy),
            ...onward,
          };
          break;
        case 'Map':
          states[name] = {
            Type: 'Map',
            ...dialect.items(plan.items),
            MaxConcurrency: plan.limit,
            ItemProcessor: {
              ...(plan.children === undefined
                ? {}
                : { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: childrenOf(plan) } }),
              ...build(plan.body),
            },
            ...(plan.children === undefined || plan.toleratedPercentage === undefined
              ? {}
              : { ToleratedFailurePercentage: plan.toleratedPercentage }),
            ...dialect.result('mapped'),
            ...policed(plan.policy),
            ...onward,
          };
          break;
      }
    });
    return { StartAt: names[0] as string, States: states };
  };
  return build(chain);
}

/** Express children can neither wait for a token nor have a Distributed Map. */
const childrenOf = ({ children, body }: Extract<Plan, { type: 'Map' }>): 'STANDARD' | 'EXPRESS' =>
  children === 'EXPRESS' && !body.some(needsStandard) ? 'EXPRESS' : 'STANDARD';

function needsStandard(plan: Plan): boolean {
  if (plan.type === 'Task') return plan.token;
  if (plan.type === 'Parallel') return plan.branches.flat().some(needsStandard);
  return plan.type === 'Map' && (plan.children !== undefined || plan.body.some(needsStandard));
}

/** The input that random definitions read. */
export const RANDOM_INPUT: Json = { lists: [[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]] };

/** What a Task does: depends on nothing but its name, attempt and parameters. Everything happens to some. */
export const randomBehaviour =
  (salt: number): Behaviour =>
  (call, post) => {
    const luck = hash(
      `${salt} ${call.state} ${call.attempt} ${call.token === undefined ? JSON.stringify(withoutIds(call)) : ''}`,
    );
    const durationMs = [0, 0, 0, 1000, 2500][luck % 5] as number;
    const value = { luck: luck % 7, id: call.uuid() };
    // No two letters, and no letter and timer, are due at the same moment.
    const letterMs = 500 + (hash(String(call.token)) % 89) * 11 + 0.25;
    if (call.token !== undefined) {
      const kind = luck % 6;
      if (kind === 0) post(letterMs * 9, (world, token) => world.sendTaskSuccess(token, '"too late"'));
      else if (kind === 1) post(letterMs, (world, token) => world.sendTaskFailure(token, 'A', 'by letter'));
      else if (kind === 2) post(letterMs, (world, token) => world.sendTaskHeartbeat(token));
      else post(letterMs, (world, token) => world.sendTaskSuccess(token, '{"by":"letter"}'));
      return { value, durationMs };
    }
    switch (luck % 11) {
      case 0:
        throw new StatesError('A', 'by luck');
      case 1:
        return { value: Promise.reject(new StatesError('B', undefined)), durationMs };
      case 2:
      case 3:
        return { value: Promise.resolve(value), durationMs };
      default:
        return { value, durationMs };
    }
  };

const withoutIds = ({ parameters }: TaskCall): unknown =>
  JSON.parse(JSON.stringify(parameters).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')) as unknown;

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}
