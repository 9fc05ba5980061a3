import bedrock from '../../../examples/article-as-written/bedrock.json';
import callback from '../../../examples/article-as-written/callback.json';
import catching from '../../../examples/article-as-written/catch.json';
import retry from '../../../examples/article-as-written/retry.json';
import s3Pointer from '../../../examples/article-as-written/s3-pointer.json';
import { withEdits } from '../../../examples/article-as-written/with-edits';
import { fails, type Json, type JsonObject, lambda, neverAnswers, service } from '../../../lib/testing';
import { evaluationFailed, failed, type Definition, type Twins } from './twins';

const definition = (json: object): Definition => json as Definition;

/** What JSONata needs no other words for. */
const unchanged = (json: object): Pick<Twins, 'jsonPath' | 'jsonata'> => ({
  jsonPath: definition(json),
  jsonata: definition(json),
});

const declined = { Error: 'PaymentDeclined', Cause: 'no money' };
const order = { orderId: 'o-1', amount: 900 };

const catchingInJsonata = withEdits(catching, {
  '/States/ProcessPayment/Catch': [
    {
      ErrorEquals: ['PaymentDeclined'],
      Output: "{% $merge([$states.input, { 'error': $states.errorOutput }]) %}",
      Next: 'NotifyPaymentFailed',
    },
    {
      ErrorEquals: ['States.ALL'],
      Output: "{% $merge([$states.input, { 'error': $states.errorOutput }]) %}",
      Next: 'GeneralErrorHandler',
    },
  ],
});

const payment = (answer: Parameters<typeof lambda>[1]) => () => [
  lambda('process-payment', answer),
  lambda('notify-payment-failed', (event: Json) => ({ notified: event })),
  lambda('general-error-handler', (event: Json) => ({ handled: event })),
];

/** An approval queue on whose other side somebody decides at once, or nobody. */
const office =
  (decision: Json | undefined): NonNullable<Twins['fakes']> =>
  (world) => [
    service('sqs:sendMessage', (request) => {
      const { taskToken } = (request as unknown as { MessageBody: { taskToken: string } }).MessageBody;
      if (decision !== undefined) world().sendTaskSuccess(taskToken, decision);
      return { MessageId: 'm-1', MD5OfMessageBody: '0' };
    }),
    lambda('execute-order', (event: Json) => ({ executed: event })),
  ];

const WAIT = '/States/WaitForApproval';
const callbackInJsonata = {
  ...callback,
  States: {
    ...callback.States,
    WaitForApproval: {
      Type: 'Task',
      Resource: callback.States.WaitForApproval.Resource,
      Arguments: {
        QueueUrl: callback.States.WaitForApproval.Parameters.QueueUrl,
        MessageBody: {
          taskToken: '{% $states.context.Task.Token %}',
          orderId: '{% $states.input.orderId %}',
          amount: '{% $states.input.amount %}',
          approvalUrl: "{% 'https://internal.example.com/approve?token=' & $states.context.Task.Token %}",
        },
      },
      TimeoutSeconds: 86400,
      Next: 'ExecuteOrder',
    },
  },
};

/** The repairs of examples/article-as-written/callback.test.ts, with what a language says in its own words. */
const decided = (waiting: JsonObject, caught: JsonObject, rule: JsonObject): JsonObject => ({
  ...waiting,
  [`${WAIT}/Catch`]: [{ ErrorEquals: ['States.Timeout'], ...caught, Next: 'ApprovalExpired' }],
  [`${WAIT}/Next`]: 'IsApproved',
  '/States/IsApproved': { Type: 'Choice', Choices: [{ ...rule, Next: 'ExecuteOrder' }], Default: 'OrderRejected' },
  '/States/OrderRejected': { Type: 'Fail', Error: 'OrderRejected' },
  '/States/ApprovalExpired': { Type: 'Fail', Error: 'ApprovalExpired' },
});

const approval = {
  jsonPath: definition(
    withEdits(
      callback,
      decided(
        { [`${WAIT}/ResultPath`]: '$.decision' },
        { ResultPath: '$.error' },
        {
          And: [
            { Variable: '$.decision.approved', IsPresent: true },
            { Variable: '$.decision.approved', BooleanEquals: true },
          ],
        },
      ),
    ),
  ),
  jsonata: definition(
    withEdits(
      callbackInJsonata,
      decided(
        { [`${WAIT}/Output`]: "{% $merge([$states.input, { 'decision': $states.result }]) %}" },
        { Output: "{% $merge([$states.input, { 'error': $states.errorOutput }]) %}" },
        { Condition: '{% $states.input.decision.approved = true %}' },
      ),
    ),
  ),
};

const review = { reviewId: 'r-1', reviewText: "It broke on the first day. I don't want {another} one." };
const { AnalyzeSentiment: analyze, RouteBySentiment: route } = bedrock.States;

const bedrockInJsonata = (Output: object, condition: string): Definition =>
  definition({
    ...bedrock,
    States: {
      ...bedrock.States,
      AnalyzeSentiment: {
        Type: 'Task',
        Resource: analyze.Resource,
        Arguments: {
          ...analyze.Parameters,
          Body: {
            ...analyze.Parameters.Body,
            messages: [
              {
                role: 'user',
                content:
                  "{% 'Say in JSON which sentiment (positive/negative/neutral) this review has, with a confidence score: ' & $states.input.reviewText %}",
              },
            ],
          },
        },
        Output,
        Next: analyze.Next,
      },
      RouteBySentiment: {
        Type: 'Choice',
        Choices: [{ Condition: `{% ${condition} %}`, Next: 'AnswerCustomer' }],
        Default: route.Default,
      },
    },
  });

const model = (text: string) => () => [
  service('bedrock:invokeModel', { Body: { content: [{ type: 'text', text }] }, ContentType: 'application/json' }),
  lambda('answer-customer', (event: Json) => ({ answered: event })),
];
const negative = '{"sentiment":"negative","confidence":0.97}';

/** Listings of examples/article-as-written that run, as written and repaired; order.json is in order-listing.ts. */
export const articleListings: readonly Twins[] = [
  {
    name: 'retry.json',
    ...unchanged(retry),
    runs: [[{}, { ok: true }]],
    fakes: () => [lambda('call-service', fails('ServiceBusy').times(3).then({ ok: true }))],
  },
  {
    name: 'retry.json, a declined card',
    ...unchanged(retry),
    runs: [[{}, failed('CardDeclined')]],
    fakes: () => [lambda('call-service', fails('CardDeclined'))],
  },
  {
    name: 'retry.json with TimeoutSeconds',
    ...unchanged(withEdits(retry, { '/States/CallService/TimeoutSeconds': 10 })),
    runs: [[{}, { ok: true }, 10 + 5 + 10 + 15]],
    fakes: () => [lambda('call-service', neverAnswers().times(2).then({ ok: true }))],
  },

  {
    name: 'catch.json, a declined payment',
    jsonPath: definition(catching),
    jsonata: definition(catchingInJsonata),
    runs: [[order, { notified: { ...order, error: declined } }]],
    fakes: payment(fails('PaymentDeclined', 'no money')),
  },
  {
    name: 'catch.json, another error',
    jsonPath: definition(catching),
    jsonata: definition(catchingInJsonata),
    runs: [[order, { handled: { ...order, error: { Error: 'Down', Cause: 'for now' } } }]],
    fakes: payment(fails('Down', 'for now')),
  },
  {
    name: 'catch.json, a payment',
    jsonPath: definition(catching),
    jsonata: definition(catchingInJsonata),
    runs: [[order, { paid: true }]],
    fakes: payment({ paid: true }),
  },

  {
    name: 'callback.json',
    jsonPath: definition(callback),
    jsonata: definition(callbackInJsonata),
    runs: [[order, { executed: { approved: true } }]],
    fakes: office({ approved: true }),
  },
  {
    name: 'callback.json, nobody decides',
    jsonPath: definition(callback),
    jsonata: definition(callbackInJsonata),
    runs: [[order, failed('States.Timeout'), 86_400]],
    fakes: office(undefined),
  },
  {
    name: 'callback.json repaired, approved',
    ...approval,
    runs: [[order, { executed: { ...order, decision: { approved: true } } }]],
    fakes: office({ approved: true }),
  },
  {
    name: 'callback.json repaired, rejected',
    ...approval,
    runs: [[order, failed('OrderRejected')]],
    fakes: office({ approved: false }),
  },
  {
    name: 'callback.json repaired, no decision in the answer',
    ...approval,
    runs: [[order, failed('OrderRejected')]],
    fakes: office({}),
  },
  {
    name: 'callback.json repaired, forgotten',
    ...approval,
    runs: [[order, failed('ApprovalExpired'), 86_400]],
    fakes: office(undefined),
  },

  {
    name: 'bedrock.json: a text has no sentiment, and the twin has to say that it wants one',
    jsonPath: definition(bedrock),
    jsonata: bedrockInJsonata(
      { analysis: '{% $states.result.Body.content[0].text %}' },
      "$exists($states.input.analysis.sentiment) ? $states.input.analysis.sentiment = 'negative' : $error('no sentiment')",
    ),
    runs: [[review, evaluationFailed]],
    fakes: model(negative),
  },
  ...[
    [negative, { answered: { analysis: { sentiment: 'negative', confidence: 0.97 } } }] as const,
    ['{"sentiment":"positive"}', { analysis: { sentiment: 'positive' } }] as const,
    ['Here is the JSON: {}', evaluationFailed] as const,
  ].map(([text, ending]): Twins => ({
    name: `bedrock.json with the text read as JSON: ${text}`,
    jsonPath: definition(
      withEdits(bedrock, {
        '/States/AnalyzeSentiment/ResultSelector': { 'analysis.$': 'States.StringToJson($.Body.content[0].text)' },
      }),
    ),
    jsonata: bedrockInJsonata(
      { analysis: '{% $parse($states.result.Body.content[0].text) %}' },
      "$states.input.analysis.sentiment = 'negative'",
    ),
    runs: [[review, ending]],
    fakes: model(text),
  })),

  {
    name: 's3-pointer.json',
    ...unchanged(s3Pointer),
    runs: [[{}, { used: { bucket: 'b', key: 'k' } }]],
    fakes: () => [
      lambda('process-data', { bucket: 'b', key: 'k' }),
      lambda('use-processed-data', (event: Json) => ({ used: event })),
    ],
  },
  {
    name: 's3-pointer.json, the data itself',
    ...unchanged(s3Pointer),
    runs: [[{}, failed('States.DataLimitExceeded')]],
    fakes: () => [lambda('process-data', { data: 'x'.repeat(256 * 1024) }), lambda('use-processed-data', {})],
  },
];
