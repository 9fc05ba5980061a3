/*
 * Two machines that do the same, one in each query language: a loop over the lines of an order, with choices, templates, string and
 * number functions, a call that is answered at once, and a retry now and then.
 */

const LINES = 20;

const RETRY = [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 3 }];
const CATCH = [{ ErrorEquals: ['States.ALL'], Next: 'Stop' }];
const RESOURCE = 'arn:aws:states:::lambda:invoke';

export const order = {
  orderId: 'o-1',
  line: 1,
  items: [
    { sku: 'a', quantity: 2 },
    { sku: 'b', quantity: 1 },
  ],
  customer: { id: 'c-1', country: 'NO', vip: true },
};

export const inJsonPath = {
  StartAt: 'Label',
  States: {
    Label: {
      Type: 'Pass',
      Parameters: {
        'orderId.$': '$.orderId',
        'line.$': '$.line',
        'items.$': '$.items',
        'customer.$': '$.customer',
        'label.$': "States.Format('{}-{}', $.orderId, $.line)",
        'next.$': 'States.MathAdd($.line, 1)',
      },
      Next: 'Worth it?',
    },
    'Worth it?': {
      Type: 'Choice',
      Choices: [
        {
          And: [
            { Variable: '$.customer.country', StringEquals: 'NO' },
            { Variable: '$.line', NumericGreaterThan: 1000 },
          ],
          Next: 'Stop',
        },
        { Variable: '$.customer.vip', BooleanEquals: false, Next: 'Stop' },
      ],
      Default: 'Reserve',
    },
    Reserve: {
      Type: 'Task',
      Resource: RESOURCE,
      Parameters: { FunctionName: 'reserve', Payload: { 'label.$': '$.label', 'line.$': '$.line' } },
      ResultSelector: { 'id.$': '$.Payload.id' },
      ResultPath: '$.reservation',
      Retry: RETRY,
      Catch: CATCH,
      Next: 'More?',
    },
    'More?': { Type: 'Choice', Choices: [{ Variable: '$.line', NumericLessThan: LINES, Next: 'Advance' }], Default: 'Done' },
    Advance: {
      Type: 'Pass',
      Parameters: { 'orderId.$': '$.orderId', 'line.$': '$.next', 'items.$': '$.items', 'customer.$': '$.customer' },
      Next: 'Label',
    },
    Done: { Type: 'Succeed' },
    Stop: { Type: 'Fail', Error: 'Stopped' },
  },
};

export const inJsonata = {
  QueryLanguage: 'JSONata',
  StartAt: 'Label',
  States: {
    Label: {
      Type: 'Pass',
      Output: {
        orderId: '{% $states.input.orderId %}',
        line: '{% $states.input.line %}',
        items: '{% $states.input.items %}',
        customer: '{% $states.input.customer %}',
        label: "{% $states.input.orderId & '-' & $states.input.line %}",
        next: '{% $states.input.line + 1 %}',
      },
      Next: 'Worth it?',
    },
    'Worth it?': {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $states.input.customer.country = 'NO' and $states.input.line > 1000 %}", Next: 'Stop' },
        { Condition: '{% $states.input.customer.vip = false %}', Next: 'Stop' },
      ],
      Default: 'Reserve',
    },
    Reserve: {
      Type: 'Task',
      Resource: RESOURCE,
      Arguments: { FunctionName: 'reserve', Payload: { label: '{% $states.input.label %}', line: '{% $states.input.line %}' } },
      Output: {
        orderId: '{% $states.input.orderId %}',
        line: '{% $states.input.line %}',
        items: '{% $states.input.items %}',
        customer: '{% $states.input.customer %}',
        label: '{% $states.input.label %}',
        next: '{% $states.input.next %}',
        reservation: "{% {'id': $states.result.Payload.id} %}",
      },
      Retry: RETRY,
      Catch: CATCH,
      Next: 'More?',
    },
    'More?': {
      Type: 'Choice',
      Choices: [{ Condition: `{% $states.input.line < ${LINES} %}`, Next: 'Advance' }],
      Default: 'Done',
    },
    Advance: {
      Type: 'Pass',
      Output: {
        orderId: '{% $states.input.orderId %}',
        line: '{% $states.input.next %}',
        items: '{% $states.input.items %}',
        customer: '{% $states.input.customer %}',
      },
      Next: 'Label',
    },
    Done: { Type: 'Succeed' },
    Stop: { Type: 'Fail', Error: 'Stopped' },
  },
};

/** What the function answers, called with its payload; every twentieth call fails at first. */
export function reservations(StatesError) {
  let calls = 0;
  return ({ attempt, parameters }) => {
    if (attempt === 0 && ++calls % 20 === 0) throw new StatesError('Busy', 'try again');
    return { value: { StatusCode: 200, Payload: { id: `r-${parameters.Payload.label}` } }, durationMs: 0 };
  };
}
