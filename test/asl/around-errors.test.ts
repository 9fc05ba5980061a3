import { check } from '../../lib/asl/check';

/** What is wrong with a definition, as `code location`. */
const found = (definition: unknown): string[] => check(definition).map(({ code, location }) => `${code} ${location}`);

const invoke = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'f', 'Payload.$': '$' },
  ...more,
});
/** Warned of: throttling is not retried. */
const Retry = [{ ErrorEquals: ['Lambda.ServiceException'] }];

describe('warnings beside refusals', () => {
  test('of a state that leads nowhere, and of one that nothing leads to', () => {
    const definition = {
      StartAt: 'S',
      States: {
        S: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'X' }] },
        D: { ...invoke({ Retry }), End: true },
      },
    };
    expect(found(definition)).toEqual([
      'MISSING_TRANSITION_TARGET /States/S/Choices[0]/Next',
      'MISSING_TRANSITION_TARGET /States/D',
      'choice-without-default /States/S',
      'retry-without-throttling /States/D/Retry',
    ]);
  });

  test('of other fields of the state at fault, but not of what it lacks or hands on', () => {
    const definition = {
      StartAt: 'A',
      States: {
        A: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
          Parameters: { QueueUrl: 'q', MessageBody: { 'id.$': '$.id' } },
          TimeoutSeconds: '30',
          ResultPaths: '$.answer',
          Next: 'B',
        },
        B: { ...invoke({ Parameters: { FunctionName: 'f', 'Payload.$': '$.id' } }), End: true },
      },
    };
    expect(found(definition)).toEqual([
      'SCHEMA_VALIDATION_FAILED /States/A/TimeoutSeconds',
      'SCHEMA_VALIDATION_FAILED /States/A',
      'callback-without-token /States/A/Parameters',
    ]);
  });

  test.each<[string, object]>([
    ['no such type', { Type: 'Tasks' }],
    ['no type', {}],
    ['no resource', { Type: 'Task', Parameters: {} }],
    ['a resource that is none', { Type: 'Task', Resource: 7 }],
    ['no branches', { Type: 'Parallel' }],
    ['branches that are none', { Type: 'Parallel', Branches: [{ StartAt: 'X' }] }],
    ['no processor', { Type: 'Map', ItemsPath: '$.x' }],
    ['a path that does not parse', { Type: 'Pass', Parameters: { 'a.$': '$.[' } }],
    ['another query language than the machine', { Type: 'Pass', QueryLanguage: 'SQL' }],
    ['a field of the other query language', { Type: 'Pass', Output: {} }],
    ['a Catcher without Next', invoke({ Catch: [{ ErrorEquals: ['States.ALL'] }] })],
  ])('of the states behind one with a fault: %s', (_, fault) => {
    const definition = {
      StartAt: 'First',
      States: {
        First: { Type: 'Pass', Result: { a: 1 }, Next: 'Bad' },
        Bad: { ...fault, Next: 'Reads' },
        // What the faulty state hands on is not known: this may be there.
        Reads: { Type: 'Pass', Parameters: { 'b.$': '$.b' }, Next: 'Lost' },
        Lost: { Type: 'Pass', Parameters: { 'c.$': '$.c' }, End: true },
      },
    };
    expect(check(definition).some(({ severity }) => severity === 'ERROR')).toBe(true);
    expect(found(definition).filter((one) => one.startsWith('path-'))).toEqual([
      'path-never-produced /States/Lost/Parameters/c.$',
    ]);
  });

  test('of a state whose name is that of a field, in a field of that name', () => {
    const definition = {
      StartAt: 'States',
      States: {
        States: {
          ...invoke({ Parameters: { FunctionName: 'f', Payload: { States: { Iterator: '{% $x %}' } } } }),
          Retry,
          ResultPath: 7,
          End: true,
        },
      },
    };
    expect(found(definition)).toEqual([
      'SCHEMA_VALIDATION_FAILED /States/States/ResultPath',
      'jsonata-not-evaluated /States/States/Parameters/Payload/States/Iterator',
      'retry-without-throttling /States/States/Retry',
    ]);
  });

  test('of the states in a state with a fault', () => {
    const inner = { StartAt: 'I', States: { I: { ...invoke({ Retry }), End: true } } };
    const broken = { StartAt: 'J', States: { J: { ...invoke({ Retry, TimeoutSeconds: 'soon' }), End: true } } };
    const definition = {
      StartAt: 'P',
      States: {
        P: { Type: 'Parallel', Branches: [inner, broken], ResultPath: 5, Next: 'M' },
        M: {
          Type: 'Map',
          Iterator: { StartAt: 'K', States: { K: { ...invoke({ Retry }), End: true } } },
          MaxConcurrency: 'x',
          End: true,
        },
      },
    };
    expect(found(definition)).toEqual([
      'SCHEMA_VALIDATION_FAILED /States/P/ResultPath',
      'SCHEMA_VALIDATION_FAILED /States/P/Branches[1]/States/J/TimeoutSeconds',
      'SCHEMA_VALIDATION_FAILED /States/M/MaxConcurrency',
      'retry-without-throttling /States/P/Branches[0]/States/I/Retry',
      'retry-without-throttling /States/P/Branches[1]/States/J/Retry',
      'retry-without-throttling /States/M/Iterator/States/K/Retry',
    ]);
  });

  test.each<[string, object]>([
    ['no beginning', {}],
    ['a beginning that is none', { StartAt: 5 }],
    ['a beginning that is not there', { StartAt: 'Z' }],
  ])('of states without %s', (_, start) => {
    expect(found({ ...start, States: { A: { ...invoke({ Retry }), End: true } } })).toContain(
      'retry-without-throttling /States/A/Retry',
    );
  });

  test.each<[string, unknown]>([
    ['no object', 5],
    ['no states', { StartAt: 'A' }],
    ['states that are none', { StartAt: 'A', States: [] }],
  ])('none where there is nothing to read: %s', (_, definition) => {
    expect(check(definition).every(({ severity }) => severity === 'ERROR')).toBe(true);
  });
});
