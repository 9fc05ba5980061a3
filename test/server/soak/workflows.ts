const ask = (timing: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
  ...timing,
});

/** Waits for an answer as long as its input says; its versions differ in what they stamp. */
export const approval = (version: number): object => ({
  StartAt: 'Ask',
  States: {
    Ask: {
      ...ask({ TimeoutSecondsPath: '$.timeout', HeartbeatSecondsPath: '$.heartbeat' }),
      ResultPath: '$.answer',
      Catch: [{ ErrorEquals: ['Rejected'], ResultPath: '$.rejected', Next: 'Stamp' }],
      Next: 'Stamp',
    },
    Stamp: { Type: 'Pass', Result: version, ResultPath: '$.version', End: true },
  },
});

/** Waits for two answers at once. */
const both = {
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: ['Left', 'Right'].map((name) => ({ StartAt: name, States: { [name]: ask({ End: true }) } })),
      Next: 'Last',
    },
    Last: { Type: 'Pass', End: true },
  },
};

const nested = (machine: string, input: object): object => ({
  StartAt: 'Start',
  States: {
    Start: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: {
        StateMachineArn: `arn:aws:states:us-east-1:123456789012:stateMachine:${machine}`,
        'Name.$': "States.Format('{}-child', $$.Execution.Name)",
        Input: input,
      },
      OutputPath: '$.Output',
      End: true,
    },
  },
});

/** A worker that is killed before it answers is missed after the heartbeat; another gets the task then. */
const parcel = {
  StartAt: 'Pack',
  States: {
    Pack: {
      Type: 'Task',
      Resource: 'arn:aws:states:us-east-1:123456789012:activity:pack',
      HeartbeatSeconds: 300,
      Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 20, BackoffRate: 1 }],
      ResultPath: '$.answer',
      End: true,
    },
  },
};

/** Definitions by the name of the state machine. */
export const STANDARD = {
  approval: approval(1),
  both,
  parcel,
  order: nested('approval', { 'id.$': '$.id', 'timeout.$': '$.timeout', 'heartbeat.$': '$.heartbeat' }),
  quote: nested('note', { 'id.$': '$.id' }),
  note: { StartAt: 'Note', States: { Note: { Type: 'Pass', End: true } } },
  pause: { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 20, End: true } } },
} as const;

/** An Express one. */
export const price = {
  StartAt: 'Price',
  States: { Price: { Type: 'Pass', Parameters: { 'sum.$': 'States.MathAdd($.a, $.b)' }, End: true } },
};

/** What the workflows call. */
export const FAKES = { services: { 'sqs:sendMessage': { answer: { MessageId: 'm-1' } } } };

export type WorkflowName = keyof typeof STANDARD;
