import { fails, type Json, lambda, service, type TestWorld } from '../../../lib/testing';
import { evaluationFailed, failed, type Run, type Twins, twinStates } from './twins';

const input = {
  order: { id: 'o-1', total: 900 },
  role: { arn: 'arn:aws:iam::999999999999:role/Shop', account: '999999999999', name: 'Shop' },
};

const task = (name: string, jsonPath: object, jsonata: object, runs: readonly Run[], fakes: NonNullable<Twins['fakes']>): Twins =>
  twinStates(name, { Type: 'Task', ...jsonPath }, { Type: 'Task', ...jsonata }, runs, fakes);

const charge = () => [lambda('charge', (event: Json) => ({ charged: event }))];
const INVOKE = { Resource: 'arn:aws:states:::lambda:invoke' };
const FUNCTION = { Resource: 'arn:aws:lambda:us-east-1:123456789012:function:charge' };

const CHILD = 'arn:aws:states:us-east-1:123456789012:stateMachine:Child';

const requests: readonly Twins[] = [
  task('a function by its ARN: the whole input', FUNCTION, FUNCTION, [[input, { charged: input }]], charge),
  task(
    'Payload.$ and OutputPath, as aws-cdk-lib writes them',
    { ...INVOKE, Parameters: { FunctionName: 'charge', 'Payload.$': '$' }, OutputPath: '$.Payload' },
    { ...INVOKE, Arguments: { FunctionName: 'charge', Payload: '{% $states.input %}' }, Output: '{% $states.result.Payload %}' },
    [[input, { charged: input }]],
    charge,
  ),
  task(
    'a name made by an intrinsic function',
    {
      ...INVOKE,
      Parameters: { 'FunctionName.$': "States.Format('{}arge', $.ch)" },
      ResultSelector: { 'payload.$': '$.Payload' },
    },
    {
      ...INVOKE,
      Arguments: { FunctionName: "{% $states.input.ch & 'arge' %}" },
      Output: { payload: '{% $states.result.Payload %}' },
    },
    [[{ ch: 'ch' }, { payload: { charged: {} } }]],
    charge,
  ),
  task(
    'a service of the AWS SDK',
    {
      Resource: 'arn:aws:states:::aws-sdk:sqs:sendMessage',
      Parameters: { QueueUrl: 'q', 'MessageBody.$': 'States.JsonToString($.order)', 'DelaySeconds.$': '$.delay' },
      ResultSelector: { 'id.$': '$.MessageId' },
      ResultPath: '$.message',
    },
    {
      Resource: 'arn:aws:states:::aws-sdk:sqs:sendMessage',
      Arguments: { QueueUrl: 'q', MessageBody: '{% $string($states.input.order) %}', DelaySeconds: '{% $states.input.delay %}' },
      Output: "{% $merge([$states.input, { 'message': { 'id': $states.result.MessageId } }]) %}",
    },
    [
      [
        { order: { id: 'o-1' }, delay: 5 },
        { order: { id: 'o-1' }, delay: 5, message: { id: 'm-1' } },
      ],
    ],
    () => [service('aws-sdk:sqs:sendMessage', { MessageId: 'm-1' })],
  ),
  task(
    'an error of a service',
    { Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { QueueUrl: 'q', 'MessageBody.$': '$.order' } },
    { Resource: 'arn:aws:states:::sqs:sendMessage', Arguments: { QueueUrl: 'q', MessageBody: '{% $states.input.order %}' } },
    [[input, failed('SQS.QueueDoesNotExistException', 'no such queue')]],
    () => [service('sqs:sendMessage', fails('SQS.QueueDoesNotExistException', 'no such queue'))],
  ),
  task(
    'a job that is waited for',
    {
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: {
        StateMachineArn: CHILD,
        Input: { 'order.$': '$.order', 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id' },
      },
      ResultSelector: { 'child.$': '$.Output' },
    },
    {
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: {
        StateMachineArn: CHILD,
        Input: {
          order: '{% $states.input.order %}',
          AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: '{% $states.context.Execution.Id %}',
        },
      },
      Output: { child: '{% $states.result.Output %}' },
    },
    [[input, { child: { ok: true } }]],
    () => [service('states:startExecution.sync:2', { Output: { ok: true } }, { fieldValidationMode: 'NONE' })],
  ),
];

const ROLE = { charged: input };

const credentials: readonly Twins[] = [
  task(
    'Credentials: a role that is known beforehand',
    { ...FUNCTION, Credentials: { RoleArn: input.role.arn } },
    { ...FUNCTION, Credentials: { RoleArn: input.role.arn } },
    [[input, ROLE]],
    charge,
  ),
  task(
    'Credentials: a role out of the input',
    { ...FUNCTION, Credentials: { 'RoleArn.$': '$.role.arn' } },
    { ...FUNCTION, Credentials: { RoleArn: '{% $states.input.role.arn %}' } },
    [
      [input, ROLE],
      [{}, evaluationFailed],
    ],
    charge,
  ),
  task(
    'Credentials: a role put together',
    { ...FUNCTION, Credentials: { 'RoleArn.$': "States.Format('arn:aws:iam::{}:role/{}', $.role.account, $.role.name)" } },
    {
      ...FUNCTION,
      Credentials: { RoleArn: "{% 'arn:aws:iam::' & $states.input.role.account & ':role/' & $states.input.role.name %}" },
    },
    [[input, ROLE]],
    charge,
  ),
];

const SEND_AND_WAIT = { Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' };
const ask = {
  jsonPath: {
    ...SEND_AND_WAIT,
    Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token', 'id.$': '$.order.id' } },
  },
  jsonata: {
    ...SEND_AND_WAIT,
    Arguments: { QueueUrl: 'q', MessageBody: { token: '{% $states.context.Task.Token %}', id: '{% $states.input.order.id %}' } },
  },
};

/** A queue on whose other side somebody uses the token. */
const queue =
  (use: (world: TestWorld, token: string) => void): NonNullable<Twins['fakes']> =>
  (world) => [
    service('sqs:sendMessage', (request) => {
      use(world(), (request as unknown as { MessageBody: { token: string } }).MessageBody.token);
      return { MessageId: 'm-1', MD5OfMessageBody: '0' };
    }),
  ];

const approved = queue((world, token) => world.sendTaskSuccess(token, { by: 'Ida' }));

const tokens: readonly Twins[] = [
  task('waitForTaskToken: what is sent is the result', ask.jsonPath, ask.jsonata, [[input, { by: 'Ida' }]], approved),
  task(
    'waitForTaskToken with ResultSelector and ResultPath',
    { ...ask.jsonPath, ResultSelector: { 'approver.$': '$.by' }, ResultPath: '$.approval' },
    { ...ask.jsonata, Output: "{% $merge([$states.input, { 'approval': { 'approver': $states.result.by } }]) %}" },
    [[input, { ...input, approval: { approver: 'Ida' } }]],
    approved,
  ),
  task(
    'waitForTaskToken with the token in a text',
    {
      ...SEND_AND_WAIT,
      Parameters: {
        QueueUrl: 'q',
        MessageBody: { 'token.$': '$$.Task.Token', 'url.$': "States.Format('https://example.com/?token={}', $$.Task.Token)" },
      },
    },
    {
      ...SEND_AND_WAIT,
      Arguments: {
        QueueUrl: 'q',
        MessageBody: {
          token: '{% $states.context.Task.Token %}',
          url: "{% 'https://example.com/?token=' & $states.context.Task.Token %}",
        },
      },
    },
    [[input, { by: 'Ida' }]],
    approved,
  ),
  task(
    'waitForTaskToken: a failure that is sent',
    ask.jsonPath,
    ask.jsonata,
    [[input, failed('Denied', 'too much')]],
    queue((world, token) => world.sendTaskFailure(token, 'Denied', 'too much')),
  ),
  task(
    'HeartbeatSecondsPath and TimeoutSecondsPath: nobody sends a heartbeat',
    { ...ask.jsonPath, HeartbeatSecondsPath: '$.beat', TimeoutSecondsPath: '$.limit' },
    { ...ask.jsonata, HeartbeatSeconds: '{% $states.input.beat %}', TimeoutSeconds: '{% $states.input.limit %}' },
    [
      [{ order: { id: 'o-1' }, beat: 10, limit: 60 }, failed('States.Timeout'), 10],
      [{ order: { id: 'o-1' }, beat: 59, limit: 60 }, failed('States.Timeout'), 59],
      [{ order: { id: 'o-1' }, limit: 60 }, evaluationFailed, 0],
      [{ order: { id: 'o-1' }, beat: 0.5, limit: 60 }, evaluationFailed, 0],
    ],
    queue(() => undefined),
  ),
  task(
    'HeartbeatSeconds',
    { ...ask.jsonPath, HeartbeatSeconds: 30 },
    { ...ask.jsonata, HeartbeatSeconds: 30 },
    [[input, failed('States.Timeout'), 30]],
    queue(() => undefined),
  ),
];

export const tasks: readonly Twins[] = [...requests, ...credentials, ...tokens];
