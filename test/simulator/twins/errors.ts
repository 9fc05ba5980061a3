import { fails, lambda, takes } from '../../../lib/testing';
import { type Definition, evaluationFailed, Failed, failed, type Run, type Twins, twinStates } from './twins';

const input = { order: { id: 'o-1' }, error: { Error: 'OutOfStock', Cause: 'no tea' } };

const fail = (name: string, jsonPath: object, jsonata: object, runs: readonly Run[]): Twins =>
  twinStates(name, { Type: 'Fail', ...jsonPath }, { Type: 'Fail', ...jsonata }, runs);

const failing: readonly Twins[] = [
  fail('Error and Cause', { Error: 'Shut', Cause: 'it is late' }, { Error: 'Shut', Cause: 'it is late' }, [
    [input, failed('Shut', 'it is late')],
  ]),
  fail('Error alone', { Error: 'Shut' }, { Error: 'Shut' }, [[input, failed('Shut')]]),
  fail(
    'ErrorPath and CausePath',
    { ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
    { Error: '{% $states.input.error.Error %}', Cause: '{% $states.input.error.Cause %}' },
    [
      [input, failed('OutOfStock', 'no tea')],
      [{ error: { Error: 'OutOfStock' } }, evaluationFailed],
      [{ error: { Error: 5, Cause: 'five' } }, evaluationFailed],
    ],
  ),
  fail(
    'CausePath with intrinsic functions',
    { Error: 'Rejected', CausePath: "States.Format('{}: {}', $.order.id, States.JsonToString($.error))" },
    { Error: 'Rejected', Cause: "{% $states.input.order.id & ': ' & $string($states.input.error) %}" },
    [[input, failed('Rejected', 'o-1: {"Error":"OutOfStock","Cause":"no tea"}')]],
  ),
  fail('ErrorPath into the Context Object', { ErrorPath: '$$.State.Name' }, { Error: '{% $states.context.State.Name %}' }, [
    [input, failed('Only')],
  ]),
];

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:work';

const call = (fields: object) => ({ Type: 'Task', Resource: FUNCTION, ...fields });

const count = { 'attempt.$': '$$.State.RetryCount' };
const counted = { attempt: '{% $states.context.State.RetryCount %}' };

/** A function that is called with the number of the attempt. */
const retries = (name: string, Retry: readonly object[], runs: readonly Run[], answer: Parameters<typeof lambda>[1]): Twins =>
  twinStates(name, call({ Parameters: count, Retry }), call({ Arguments: counted, Retry }), runs, () => [lambda('work', answer)]);

const retry: readonly Twins[] = [
  retries('Retry until it works', [{ ErrorEquals: ['Busy'] }], [[input, 'done', 1 + 2]], fails('Busy').times(2).then('done')),
  retries(
    'Retry gives up',
    [{ ErrorEquals: ['Busy'], IntervalSeconds: 3, BackoffRate: 1.5, MaxAttempts: 2 }],
    [[input, failed('Busy', 'no hands'), 3 + 4.5]],
    fails('Busy', 'no hands'),
  ),
  retries(
    'Retry with MaxDelaySeconds',
    [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 4, MaxDelaySeconds: 5 }],
    [[input, 'done', 2 + 4 + 5 + 5]],
    fails('Busy').times(4).then('done'),
  ),
  // The same draws from the same seed.
  retries(
    'Retry with jitter',
    [{ ErrorEquals: ['States.TaskFailed'], JitterStrategy: 'FULL' }],
    [[input, 'done']],
    fails('Busy').times(3).then('done'),
  ),
  retries(
    'Retriers count each for itself',
    [
      { ErrorEquals: ['Busy'], MaxAttempts: 1 },
      { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
    ],
    [[input, failed('Busy'), 1 + 1]],
    fails('Busy').then(fails('Other').then(fails('Busy'))),
  ),
  retries('Retry of another error', [{ ErrorEquals: ['Other'] }], [[input, failed('Busy'), 0]], fails('Busy')),
  retries(
    'Retry that is switched off',
    [{ ErrorEquals: ['States.ALL'], MaxAttempts: 0 }],
    [[input, failed('Busy'), 0]],
    fails('Busy'),
  ),
];

/** A function that fails, a Catcher, and a state that shows what it is given. */
const caught = (
  name: string,
  jsonPath: object,
  jsonata: object,
  runs: readonly Run[],
  answer: Parameters<typeof lambda>[1] = fails('Busy', 'no hands'),
): Twins => ({
  name,
  jsonPath: catching(jsonPath),
  jsonata: catching(jsonata),
  runs,
  fakes: () => [lambda('work', answer)],
});

const catching = (fields: object): Definition => ({
  StartAt: 'Work',
  States: { Work: { ...call(fields), End: true }, Caught: { Type: 'Succeed' } },
});

const all = { ErrorEquals: ['States.ALL'], Next: 'Caught' };
const busy = { Error: 'Busy', Cause: 'no hands' };

const catchers: readonly Twins[] = [
  caught('Catch: the Error Output is the next input', { Catch: [all] }, { Catch: [all] }, [[input, busy]]),
  caught(
    'Catch with ResultPath',
    { Catch: [{ ...all, ResultPath: '$.failure' }] },
    { Catch: [{ ...all, Output: "{% $merge([$states.input, { 'failure': $states.errorOutput }]) %}" }] },
    [
      [input, { ...input, failure: busy }],
      [{ failure: 'an old one' }, { failure: busy }],
    ],
  ),
  caught(
    'Catch with ResultPath in the depth',
    { Catch: [{ ...all, ResultPath: '$.order.failure' }] },
    {
      Catch: [
        {
          ...all,
          Output: "{% $merge([$states.input, { 'order': $merge([$states.input.order, { 'failure': $states.errorOutput }]) }]) %}",
        },
      ],
    },
    [[input, { ...input, order: { id: 'o-1', failure: busy } }]],
  ),
  caught(
    'Catch with ResultPath null',
    { Catch: [{ ...all, ResultPath: null }] },
    { Catch: [{ ...all, Output: '{% $states.input %}' }] },
    [[input, input]],
  ),
  caught(
    'Catch: the raw input, whatever InputPath selects; no OutputPath',
    { InputPath: '$.order', OutputPath: '$.id', Catch: [{ ...all, ResultPath: '$.failure' }] },
    {
      Arguments: '{% $states.input.order %}',
      Output: '{% $states.result.id %}',
      Catch: [{ ...all, Output: "{% $merge([$states.input, { 'failure': $states.errorOutput }]) %}" }],
    },
    [[input, { ...input, failure: busy }]],
  ),
  caught(
    'Catch: the first Catcher that names the error',
    {
      Catch: [
        { ErrorEquals: ['Other'], ResultPath: '$.other', Next: 'Caught' },
        { ErrorEquals: ['Third', 'Busy'], ResultPath: '$.busy', Next: 'Caught' },
        { ...all, ResultPath: '$.all' },
      ],
    },
    {
      Catch: [
        { ErrorEquals: ['Other'], Output: "{% $merge([$states.input, { 'other': $states.errorOutput }]) %}", Next: 'Caught' },
        {
          ErrorEquals: ['Third', 'Busy'],
          Output: "{% $merge([$states.input, { 'busy': $states.errorOutput }]) %}",
          Next: 'Caught',
        },
        { ...all, Output: "{% $merge([$states.input, { 'all': $states.errorOutput }]) %}" },
      ],
    },
    [[{}, { busy }]],
  ),
  caught(
    'Catch of another error',
    { Catch: [{ ...all, ErrorEquals: ['Other'] }] },
    { Catch: [{ ...all, ErrorEquals: ['Other'] }] },
    [[input, failed('Busy', 'no hands')]],
  ),
  caught(
    'Catch after Retry',
    { Parameters: count, Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }], Catch: [{ ...all, ResultPath: '$.failure' }] },
    {
      Arguments: counted,
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
      Catch: [{ ...all, Output: "{% $merge([$states.input, { 'failure': $states.errorOutput }]) %}" }],
    },
    [[{}, { failure: busy }, 1 + 2]],
  ),
  caught(
    'Catch of a timeout, which has no Cause',
    { TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: '$.failure', Next: 'Caught' }] },
    {
      TimeoutSeconds: 5,
      Catch: [
        {
          ErrorEquals: ['States.Timeout'],
          Output: "{% $merge([$states.input, { 'failure': $states.errorOutput }]) %}",
          Next: 'Caught',
        },
      ],
    },
    [[{}, { failure: { Error: 'States.Timeout', Cause: null } }, 5]],
    takes(6, 'late'),
  ),
  caught(
    'Catch with Assign',
    { Catch: [{ ...all, Assign: { 'failure.$': '$.Error', 'name.$': '$$.State.Name' } }] },
    { Catch: [{ ...all, Assign: { failure: '{% $states.errorOutput.Error %}', name: '{% $states.context.State.Name %}' } }] },
    [[input, busy]],
  ),
  caught(
    'Catch: a ResultPath that the input has no place for',
    { Catch: [{ ...all, ResultPath: '$.failure' }] },
    { Catch: [{ ...all, Output: "{% $merge([$states.input, { 'failure': $states.errorOutput }]) %}" }] },
    [['text', new Failed('States.ResultPathMatchFailure', 'States.QueryEvaluationError')]],
  ),
];

export const errors: readonly Twins[] = [...failing, ...retry, ...catchers];
