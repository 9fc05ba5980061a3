import * as fc from 'fast-check';
import { DefinitionError } from '../../lib/asl/problem';
import type { Json } from '../../lib/json/json';
import { SimulatorError } from '../../lib/simulator/simulator-error';
import { after, CALL, INVOKE, machineOf, never, only, runDefinition, SEND_AND_WAIT, typesOf, worldOf } from './run-definition';

const pass = only({ Type: 'Pass' });
const start = (input: unknown) => worldOf().startExecution(machineOf(pass), input as Json);

describe('an input', () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);

  test.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a Date', { at: new Date(0) }],
    ['a BigInt', 1n],
    ['a cycle', cycle],
    ['NaN', [Number.NaN]],
    ['1e400', Number('1e400')],
    ['an integer that was rounded', Number('9007199254740993')],
    ['a lone surrogate', 'a\udc00'],
    ['a lone surrogate as a key', { '\ud83d': 1 }],
    ['10,000 levels', JSON.parse('['.repeat(10_000) + ']'.repeat(10_000))],
  ])('that holds %s is refused', (_what, input) => {
    expect(() => start(input)).toThrow(SimulatorError);
    expect(() => start(input)).toThrow("The execution's input is not JSON");
  });

  test('with __proto__, integer-like keys and -0 goes through unharmed', async () => {
    const input = JSON.parse(
      '{"__proto__": {"polluted": true}, "10": "a", "2": "b", "constructor": 1, "zero": -0, "": null}',
    ) as Json;
    const run = await runDefinition(only({ Type: 'Pass', ResultPath: '$.copy' }), { input });
    expect(run.events[1]?.stateEnteredEventDetails?.input).toBe(
      '{"2":"b","10":"a","__proto__":{"polluted":true},"constructor":1,"zero":0,"":null}',
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    const { output } = run as unknown as { output: { copy: object } };
    expect(Object.keys(output.copy)).toEqual(['2', '10', '__proto__', 'constructor', 'zero', '']);
  });

  test('is taken as it is at the start, whatever becomes of the object', async () => {
    const input = { list: [1] };
    const execution = start(input);
    input.list.push(2);
    expect(await execution.run()).toMatchObject({ output: { list: [1] }, input: { list: [1] } });
  });
});

describe('states with hostile names', () => {
  test.each([['__proto__'], ['constructor'], ['toString'], ['10'], ['a/b~c'], ['😀'.repeat(80)], [' '], ['"quoted"']])(
    '%j is a name like any other',
    async (name) => {
      const definition = JSON.parse(
        JSON.stringify({ StartAt: 'First', States: { First: { Type: 'Pass', Next: 'NAME' } } })
          .replace('NAME', JSON.stringify(name).slice(1, -1))
          .replace(/\}\}$/, `,${JSON.stringify(name)}:${JSON.stringify({ ...CALL, End: true })}}}`),
      ) as Json;
      const asked: string[] = [];
      const world = worldOf();
      const run = await runDefinition(definition, {
        perform: (call) => {
          asked.push(call.state);
          return after(0, { from: call.state });
        },
      });
      expect(world.epochMs).toBe(run.startDate.getTime());
      expect(run).toMatchObject({ status: 'SUCCEEDED', output: { from: name } });
      expect(asked).toEqual([name]);
      expect(run.events[3]?.stateEnteredEventDetails?.name).toBe(name);
    },
  );

  test('Next to an inherited name leads nowhere', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      expect(() => machineOf({ StartAt: 'A', States: { A: { Type: 'Pass', Next: name } } })).toThrow(DefinitionError);
      expect(() => machineOf({ StartAt: name, States: { A: { Type: 'Pass', End: true } } })).toThrow(DefinitionError);
    }
  });
});

test('numbers that no double holds are refused in a definition, by name', () => {
  expect(() => machineOf('{"StartAt":"A","States":{"A":{"Type":"Pass","Result":1e400,"End":true}}}')).toThrow(/1e400/);
  expect(() => machineOf('{"StartAt":"A","States":{"A":{"Type":"Pass","Result":9007199254740993,"End":true}}}')).toThrow(
    /9007199254740993/,
  );
});

test('250 nested Parallels run', async () => {
  let definition: Record<string, unknown> = { StartAt: 'Leaf', States: { Leaf: { Type: 'Pass', Result: 'leaf', End: true } } };
  for (let level = 0; level < 245; level++) {
    definition = {
      StartAt: `P${level}`,
      States: {
        [`P${level}`]: {
          Type: 'Parallel',
          Branches: [definition],
          ResultSelector: { 'r.$': '$[0]' },
          OutputPath: '$.r',
          End: true,
        },
      },
    };
  }
  expect(await runDefinition(definition)).toMatchObject({ status: 'SUCCEEDED', output: 'leaf' });
});

/** Everything at once, so that every field has a place to be spoilt. */
const rich = {
  Comment: 'all of it',
  StartAt: 'Start',
  TimeoutSeconds: 5000,
  States: {
    Start: { Type: 'Pass', Parameters: { 'a.$': '$.n', list: [1, 2] }, ResultPath: '$.p', OutputPath: '$', Next: 'Decide' },
    Decide: {
      Type: 'Choice',
      Choices: [
        { And: [{ Variable: '$.n', IsPresent: true }, { Not: { Variable: '$.n', NumericLessThan: 0 } }], Next: 'Ask' },
        { Variable: '$.s', StringMatches: 'a*', Next: 'Sleep' },
      ],
      Default: 'Sleep',
    },
    Ask: {
      Type: 'Task',
      Resource: INVOKE,
      InputPath: '$.p',
      Parameters: { FunctionName: 'f', 'Payload.$': "States.Format('{}', $.a)" },
      ResultSelector: { 'v.$': '$.v' },
      ResultPath: '$.asked',
      TimeoutSeconds: 20,
      HeartbeatSeconds: 10,
      Credentials: { RoleArn: 'arn:aws:iam::1:role/r' },
      Retry: [
        {
          ErrorEquals: ['E', 'States.Timeout'],
          IntervalSeconds: 1,
          MaxAttempts: 2,
          BackoffRate: 1.5,
          MaxDelaySeconds: 9,
          JitterStrategy: 'FULL',
        },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Sleep' }],
      Next: 'Both',
    },
    Both: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Token',
          States: {
            Token: {
              Type: 'Task',
              Resource: SEND_AND_WAIT,
              Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
              TimeoutSeconds: 3,
              Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Fine' }],
              End: true,
            },
            Fine: { Type: 'Succeed' },
          },
        },
        {
          StartAt: 'Each',
          States: {
            Each: {
              Type: 'Map',
              ItemsPath: '$.items',
              ItemSelector: { 'i.$': '$$.Map.Item.Value' },
              MaxConcurrency: 2,
              ItemProcessor: {
                ProcessorConfig: { Mode: 'INLINE' },
                StartAt: 'One',
                States: { One: { Type: 'Wait', SecondsPath: '$.i', End: true } },
              },
              End: true,
            },
          },
        },
      ],
      ResultPath: '$.both',
      Next: 'Sleep',
    },
    Sleep: { Type: 'Wait', Timestamp: '2025-01-01T01:00:00Z', Next: 'Last' },
    Last: { Type: 'Choice', Choices: [{ Variable: '$.error', IsPresent: true, Next: 'Broken' }], Default: 'Done' },
    Broken: { Type: 'Fail', ErrorPath: '$.error.Error', Cause: 'as planned' },
    Done: { Type: 'Succeed', OutputPath: '$.both' },
  },
};

const input = { n: 1, s: 'abc', items: [1, 0, 2] };
const answers = { Ask: () => ({ v: 1 }), Token: () => ({}) };

test('the definition that is going to be spoilt is right, and runs', async () => {
  const run = await runDefinition(rich, { input, answers });
  expect(run).toMatchObject({ status: 'SUCCEEDED' });
  expect(typesOf(run).length).toBeGreaterThan(40);
});

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e21,
    '',
    '$',
    '$.',
    '$$',
    '$.n',
    '$..n',
    '$[*]',
    'States.UUID()',
    'States.Format(',
    '{% 1 %}',
    'Sleep',
    'Nowhere',
    '__proto__',
    [],
    {},
    [null],
    [[]],
    { Type: 'Pass' },
    { 'a.$': 1 },
    { 'a.$': '$.x' },
  ),
  fc.string(),
  fc.double(),
  fc.jsonValue(),
  fc.bigInt(),
  fc.constantFrom(new Date(0), () => 1, Symbol('s'), new Map()),
);

type Change = {
  readonly kind: 'replace' | 'delete' | 'add' | 'rename';
  readonly at: number;
  readonly value: unknown;
  readonly key: string;
};

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('replace' as const, 'delete' as const, 'add' as const, 'rename' as const),
  at: fc.nat(),
  value: junk,
  key: fc.oneof(
    fc.constantFrom(
      'Next',
      'End',
      'Type',
      'Retry',
      'Catch',
      'ResultPath',
      'Parameters',
      'Items',
      'QueryLanguage',
      'Assign',
      'Output',
      '__proto__',
      'constructor',
      '0',
      'x.$',
    ),
    fc.string(),
  ),
});

/** A copy of plain objects and arrays; all else stays itself. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value as unknown[], copyOf);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy = {};
  for (const [key, member] of Object.entries(value)) {
    Object.defineProperty(copy, key, { value: copyOf(member), enumerable: true, configurable: true, writable: true });
  }
  return copy;
}

/** A copy with one place changed. */
function spoilt(value: unknown, { kind, at, value: junkValue, key }: Change): unknown {
  const copy = copyOf(value) as Record<string, unknown>;
  const places: [Record<string, unknown>, string][] = [];
  const visit = (holder: Record<string, unknown>): void => {
    for (const name of Object.keys(holder)) {
      places.push([holder, name]);
      if (typeof holder[name] === 'object' && holder[name] !== null) visit(holder[name] as Record<string, unknown>);
    }
  };
  visit(copy);
  const [holder, name] = places[at % places.length] as [Record<string, unknown>, string];
  if (kind === 'replace') holder[name] = junkValue;
  else if (kind === 'add')
    Object.defineProperty(holder, key, { value: junkValue, enumerable: true, configurable: true, writable: true });
  else {
    if (kind === 'rename')
      Object.defineProperty(holder, key, { value: holder[name], enumerable: true, configurable: true, writable: true });
    delete holder[name];
  }
  return copy;
}

test('a spoilt definition is refused, or runs to an end: no other error, no hang', async () => {
  const ends = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      const definition = changes.reduce(spoilt, rich as unknown);
      let end: string;
      try {
        const run = await runDefinition(definition, { input, answers });
        expect(run.events.at(-1)?.type).toMatch(/^Execution(Succeeded|Failed|TimedOut)$/);
        end = run.status;
      } catch (error) {
        if (!(error instanceof DefinitionError) && !(error instanceof SimulatorError)) throw error;
        end = error.name;
        if (error instanceof DefinitionError) expect(error.problems.length).toBeGreaterThan(0);
      }
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }),
    { numRuns: 600, seed: 11 },
  );
  expect([...ends.keys()].sort()).toEqual(expect.arrayContaining(['DefinitionError', 'FAILED', 'SUCCEEDED']));
});

test('a spoilt input never does worse than fail the execution', async () => {
  const definition = { ...rich, TimeoutSeconds: 100_000_000 - 1 };
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('n', 's', 'items', 'p'), async (value, key) => {
      let run;
      try {
        run = await runDefinition(definition, { input: { ...input, [key]: value } as Json, answers });
      } catch (error) {
        // -0 and the like are fine; what JSON cannot carry exactly is refused at the door.
        expect(error).toBeInstanceOf(SimulatorError);
        return;
      }
      expect(['SUCCEEDED', 'FAILED', 'TIMED_OUT']).toContain(run.status);
    }),
    { numRuns: 200, seed: 13 },
  );
});

test('an answer that never comes, deep in a definition, is told and not waited for', async () => {
  const { TimeoutSeconds, ...untimed } = rich;
  expect(TimeoutSeconds).toBe(5000);
  const definition = { ...untimed, States: { ...rich.States, Ask: { ...CALL, Next: 'Both' } } };
  await expect(runDefinition(definition, { input, answers: { ...answers, Ask: () => never } })).rejects.toThrow(
    /by "Ask" never answers/,
  );
});
