import { StatesError } from '../../lib/simulator/states-error';
import { type Behaviour, cutEverywhere } from './cut-everywhere';
import { CALL, CALL_IN_JSONATA, INVOKE, payloadOf, SEND_AND_WAIT } from './run-definition';

/** Answers by state; `attempt` counts from 0. */
const byState =
  (answers: Record<string, Behaviour>): Behaviour =>
  (call, post) =>
    answers[call.state]?.(call, post) ?? { value: { state: call.state, input: call.parameters }, durationMs: 0 };

const takes =
  (durationMs: number): Behaviour =>
  (call) => ({ value: payloadOf(call), durationMs });

const task = (more: object = {}): object => ({ ...CALL, End: true, ...more });
const taskInJsonata = { ...CALL_IN_JSONATA, End: true };
const branch = (name: string, state: object): object => ({ StartAt: name, States: { [name]: state } });

const suite: Record<string, { definition: object; input?: object | string; behaviour?: Behaviour }> = {
  'a chain of Passes and Choices': {
    definition: {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Result: 1, ResultPath: '$.n', Next: 'Is1' },
        Is1: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 1, Next: 'B' }], Default: 'C' },
        B: { Type: 'Pass', Parameters: { 'id.$': 'States.UUID()' }, Next: 'C' },
        C: { Type: 'Succeed' },
      },
    },
  },
  'one Wait after another': {
    definition: {
      StartAt: 'A',
      States: {
        A: { Type: 'Wait', Seconds: 5, Next: 'B' },
        B: { Type: 'Wait', Seconds: 7, Next: 'C' },
        C: { Type: 'Wait', Timestamp: '2025-01-02T00:00:00Z', End: true },
      },
    },
  },
  'one call with a duration after another': {
    definition: {
      StartAt: 'A',
      States: { A: task({ Next: 'B', End: undefined }), B: task({ Next: 'C', End: undefined }), C: task() },
    },
    behaviour: byState({ A: takes(3000), B: takes(0), C: takes(5000) }),
  },
  'calls that draw randomness': {
    definition: {
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          Branches: [
            branch('A', task()),
            branch('B', task()),
            branch('C', { Type: 'Pass', Parameters: { 'id.$': 'States.UUID()' }, End: true }),
          ],
          End: true,
        },
      },
    },
    behaviour: (call) => ({ value: [call.uuid(), call.uuid()], durationMs: call.state === 'A' ? 2000 : 1000 }),
  },
  'an item that cannot be made while calls are open, also in a Map inside': {
    definition: {
      QueryLanguage: 'JSONata',
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          Items: ['call', 'nested', 'short', 'bad'],
          ItemSelector: "{% $states.context.Map.Item.Value[$ != 'bad'] %}",
          MaxConcurrency: 3,
          ItemProcessor: {
            StartAt: 'Which',
            States: {
              Which: {
                Type: 'Choice',
                Choices: [
                  { Condition: "{% $states.input = 'nested' %}", Next: 'Inner' },
                  { Condition: "{% $states.input = 'call' %}", Next: 'Long' },
                ],
                Default: 'Short',
              },
              Inner: { Type: 'Map', Items: [1, 2], ItemProcessor: branch('Deep', taskInJsonata), End: true },
              Long: taskInJsonata,
              Short: taskInJsonata,
            },
          },
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Succeed' },
      },
    },
    behaviour: byState({ Deep: takes(9000), Long: takes(9000), Short: takes(1000) }),
  },
  'branches that take turns': {
    definition: {
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          Branches: ['A', 'B', 'C'].map((name) => ({
            StartAt: `${name}1`,
            States: {
              [`${name}1`]: { Type: 'Pass', Next: `${name}2` },
              [`${name}2`]: { Type: 'Pass', Next: `${name}3` },
              [`${name}3`]: { Type: 'Pass', End: true },
            },
          })),
          End: true,
        },
      },
    },
  },
  'a Map in a Map in a Parallel, with limits': {
    definition: {
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          Branches: [
            branch('Outer', {
              Type: 'Map',
              ItemsPath: '$.lists',
              MaxConcurrency: 2,
              ItemSelector: { 'item.$': '$$.Map.Item.Value', 'id.$': 'States.UUID()' },
              ItemProcessor: {
                StartAt: 'Inner',
                States: {
                  Inner: {
                    Type: 'Map',
                    ItemsPath: '$.item',
                    MaxConcurrency: 3,
                    ItemProcessor: {
                      StartAt: 'Work',
                      States: {
                        Work: task({ Next: 'Rest', End: undefined }),
                        Rest: { Type: 'Wait', Seconds: 1, Next: 'Pass' },
                        Pass: { Type: 'Pass', End: true },
                      },
                    },
                    End: true,
                  },
                },
              },
              End: true,
            }),
            branch('Beside', { Type: 'Wait', Seconds: 2, End: true }),
            branch('Empty', {
              Type: 'Map',
              ItemsPath: '$.none',
              ItemProcessor: branch('No', { Type: 'Pass', End: true }),
              End: true,
            }),
          ],
          Next: 'Last',
        },
        Last: { Type: 'Pass', End: true },
      },
    },
    input: { lists: [[1, 2, 3, 4], [5], [], [6, 7]], none: [] },
    behaviour: (call) => {
      const item = payloadOf(call);
      return { value: Number(item) % 2 === 0 ? Promise.resolve(item) : item, durationMs: (Number(item) % 3) * 1000 };
    },
  },
  'retries with backoff and jitter, then a Catcher': {
    definition: {
      StartAt: 'T',
      States: {
        T: task({
          Retry: [
            { ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxAttempts: 2, JitterStrategy: 'FULL' },
            { ErrorEquals: ['Slow'], IntervalSeconds: 1, MaxAttempts: 1 },
          ],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Caught' }],
        }),
        Caught: { Type: 'Wait', Seconds: 1, End: true },
      },
    },
    behaviour: (call) => {
      if (call.attempt === 1) return { value: Promise.reject(new StatesError('Slow', 'late')), durationMs: 1500 };
      throw new StatesError('Busy', `attempt ${call.attempt}`);
    },
  },
  'a Parallel that is retried, then caught, with siblings in every position': {
    definition: {
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          Branches: [
            branch('Sleeps', { Type: 'Wait', Seconds: 100, End: true }),
            branch('Calls', task()),
            branch('Nested', {
              Type: 'Parallel',
              Branches: [
                branch('Deep', {
                  Type: 'Map',
                  ItemsPath: '$.items',
                  MaxConcurrency: 1,
                  ItemProcessor: branch('DeepWait', { Type: 'Wait', Seconds: 60, End: true }),
                  End: true,
                }),
                branch('DeepPass', { Type: 'Pass', End: true }),
              ],
              End: true,
            }),
            {
              StartAt: 'Soon',
              States: {
                Soon: { Type: 'Wait', Seconds: 3, Next: 'Fails' },
                Fails: { Type: 'Fail', Error: 'Broken', Cause: 'by hand' },
              },
            },
          ],
          Retry: [{ ErrorEquals: ['Broken'], IntervalSeconds: 4, MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'After' }],
          End: true,
        },
        After: { Type: 'Pass', End: true },
      },
    },
    input: { items: [1, 2] },
    behaviour: takes(50_000),
  },
  'a Map of which an iteration fails': {
    definition: {
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          ItemsPath: '$.items',
          MaxConcurrency: 3,
          ItemProcessor: branch('T', task()),
          Catch: [{ ErrorEquals: ['Odd'], Next: 'After' }],
          End: true,
        },
        After: { Type: 'Pass', End: true },
      },
    },
    input: { items: [2, 4, 5, 6, 8] },
    behaviour: (call) => {
      const item = Number(payloadOf(call));
      return { value: item === 5 ? Promise.reject(new StatesError('Odd', undefined)) : item, durationMs: item * 100 };
    },
  },
  'timeouts of tasks': {
    definition: {
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          Branches: [
            branch(
              'Late',
              task({
                TimeoutSeconds: 5,
                Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }],
                Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Was' }],
              }),
            ),
            branch('Never', task({ TimeoutSecondsPath: '$.t', Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Were' }] })),
            branch('JustInTime', task({ TimeoutSeconds: 10 })),
          ].map((one, index) => ({
            ...one,
            States: {
              ...(one as { States: object }).States,
              ...(index === 0 ? { Was: { Type: 'Pass', End: true } } : index === 1 ? { Were: { Type: 'Pass', End: true } } : {}),
            },
          })),
          End: true,
        },
      },
    },
    input: { t: 7 },
    behaviour: byState({ Late: takes(6000), Never: takes(Infinity), JustInTime: takes(10_000) }),
  },
  'the timeout of the machine': {
    definition: {
      StartAt: 'P',
      TimeoutSeconds: 10,
      States: {
        P: {
          Type: 'Parallel',
          Branches: [branch('A', { Type: 'Wait', Seconds: 4, Next: 'B' }), branch('C', task())].map((one, index) =>
            index === 0
              ? { ...one, States: { ...(one as { States: object }).States, B: { Type: 'Wait', Seconds: 40, End: true } } }
              : one,
          ),
          End: true,
        },
      },
    },
    behaviour: takes(Infinity),
  },
  'task tokens: answered, failed, lapsed, beaten, answered early': {
    definition: {
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          Branches: ['Answered', 'Failed', 'Lapsed', 'Beaten', 'Early'].map((name) => ({
            StartAt: name,
            States: {
              [name]: {
                Type: 'Task',
                Resource: SEND_AND_WAIT,
                Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
                HeartbeatSeconds: 10,
                TimeoutSeconds: 60,
                Retry: [{ ErrorEquals: ['Again'], MaxAttempts: 1 }],
                Catch: [{ ErrorEquals: ['States.ALL'], Next: `${name}Caught` }],
                End: true,
              },
              [`${name}Caught`]: { Type: 'Pass', End: true },
            },
          })),
          End: true,
        },
      },
    },
    behaviour: byState({
      Answered: (_call, post) => {
        post(4011, (world, token) => world.sendTaskSuccess(token, '{"ok":true}'));
        post(4012, (world, token) => expect(world.sendTaskSuccess(token, '"late"')).toBe(false));
        return { value: {}, durationMs: 1000 };
      },
      Failed: (_call, post) => {
        post(3021, (world, token) => world.sendTaskFailure(token, 'Again', 'and again'));
        return { value: {}, durationMs: 0 };
      },
      Lapsed: (_call, post) => {
        post(5031, (world, token) => world.sendTaskHeartbeat(token));
        return { value: {}, durationMs: 0 };
      },
      Beaten: (_call, post) => {
        for (let beat = 1; beat < 12; beat++) post(beat * 7041, (world, token) => world.sendTaskHeartbeat(token));
        return { value: {}, durationMs: 0 };
      },
      Early: (_call, post) => {
        post(1051, (world, token) => world.sendTaskSuccess(token, '"early"'));
        return { value: {}, durationMs: 2000 };
      },
    }),
  },
  'failures of templates and paths': {
    definition: {
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          Branches: [
            branch(
              'Select',
              task({
                ResultPath: '$.n.deep',
                Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
              }),
            ),
            branch('Other', { Type: 'Wait', Seconds: 1, End: true }),
          ],
          Catch: [{ ErrorEquals: ['States.ResultPathMatchFailure'], ResultPath: '$.e', Next: 'Runtime' }],
          End: true,
        },
        Runtime: { Type: 'Pass', InputPath: '$.nowhere', End: true },
      },
    },
    input: { n: 1 },
  },
  'variables and JSONata': {
    definition: {
      QueryLanguage: 'JSONata',
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { list: '{% $states.input.items %}', id: '{% $uuid() %}' }, Next: 'Each' },
        Each: {
          Type: 'Map',
          Items: '{% $list %}',
          MaxConcurrency: 2,
          ItemSelector: { v: '{% $states.context.Map.Item.Value %}', r: '{% $random() %}' },
          ItemProcessor: {
            StartAt: 'Inner',
            States: {
              Inner: { Type: 'Pass', Assign: { mine: '{% $states.input.v %}' }, Next: 'Sleep' },
              Sleep: { Type: 'Wait', Seconds: '{% $mine %}', Next: 'Ask' },
              Ask: {
                Type: 'Task',
                Resource: INVOKE,
                Arguments: { FunctionName: 'f', Payload: '{% $mine %}' },
                Output: '{% $mine * 2 %}',
                End: true,
              },
            },
          },
          Assign: { sum: '{% $sum($states.result) %}' },
          Next: 'Fails',
        },
        Fails: {
          Type: 'Task',
          Resource: INVOKE,
          Arguments: { FunctionName: 'f', Payload: '{% $nothing %}' },
          Retry: [{ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 1, JitterStrategy: 'FULL' }],
          Catch: [{ ErrorEquals: ['States.ALL'], Assign: { why: '{% $states.errorOutput.Error %}' }, Next: 'Last' }],
          End: true,
        },
        Last: { Type: 'Pass', Output: { sum: '{% $sum %}', why: '{% $why %}', id: '{% $id %}' }, End: true },
      },
    },
    input: { items: [3, 1, 2, 0] },
    behaviour: takes(1000),
  },
  'JSONata that fails everywhere': {
    definition: {
      QueryLanguage: 'JSONata',
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          Branches: [
            branch('InWait', { Type: 'Wait', Seconds: '{% $nothing %}', End: true }),
            branch('Beside', { Type: 'Wait', Seconds: 5, End: true }),
          ],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'M' }],
          End: true,
        },
        M: {
          Type: 'Map',
          Items: [1, 2, 3],
          ItemSelector: '{% $states.context.Map.Item.Value = 3 ? $nothing : $states.context.Map.Item.Value %}',
          ItemProcessor: branch('T', taskInJsonata),
          Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $nothing %}', Next: 'After' }],
          End: true,
        },
        After: { Type: 'Pass', End: true },
      },
    },
    behaviour: takes(1000),
  },
  'a branch whose input is over the limit': {
    definition: {
      StartAt: 'P',
      States: {
        P: { Type: 'Parallel', InputPath: '$..*', Branches: [branch('B', { Type: 'Pass', End: true })], End: true },
      },
    },
    input: { a: { b: { c: 'x'.repeat(100_000) } } },
  },
  'iterations whose items are over the limit': {
    definition: {
      QueryLanguage: 'JSONata',
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          Items: '{% [$states.input & $states.input & $states.input] %}',
          ItemProcessor: branch('B', { Type: 'Pass', End: true }),
          End: true,
        },
      },
    },
    input: 'x'.repeat(100_000),
  },
  'an ItemSelector that fails': {
    definition: {
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          ItemsPath: '$.items',
          ItemSelector: { 'x.$': 'States.StringToJson($$.Map.Item.Value)' },
          ItemProcessor: branch('T', task()),
          Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'After' }],
          End: true,
        },
        After: { Type: 'Pass', End: true },
      },
    },
    input: { items: ['1', '{'] },
    behaviour: takes(1000),
  },
};

describe.each(Object.entries(suite))('%s', (_name, { definition, input = {}, behaviour = byState({}) }) => {
  test('comes to the same when cut at any event and reloaded from text', async () => {
    const cuts = await cutEverywhere(JSON.parse(JSON.stringify(definition)), JSON.parse(JSON.stringify(input)), behaviour);
    expect(cuts.snapshots.length).toBeGreaterThan(1);
    for (const index of cuts.snapshots.keys()) {
      const resumed = await cuts.resumed(index);
      if (resumed !== cuts.whole) throw new Error(`cut after event ${index + 1}: ${firstDifference(cuts.whole, resumed)}`);
    }
  });
});

function firstDifference(whole: string, resumed: string): string {
  const [a, b] = [whole.split('\n'), resumed.split('\n')];
  const at = a.findIndex((line, index) => line !== b[index]);
  return `line ${at}\n${a.slice(at - 6, at + 6).join('\n')}\n--- resumed\n${b.slice(at - 6, at + 6).join('\n')}`;
}
