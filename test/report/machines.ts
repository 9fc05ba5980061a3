import type { State, StateMachine, States, TaskState } from '../../lib/asl/types';
import type { HistoryEvent } from '../../lib/simulator/history-event';
import { historyOf, taskRows } from './history';

const LAMBDA = 'arn:aws:states:::lambda:invoke';

function task(fields: Partial<TaskState>): TaskState {
  return { Type: 'Task', Resource: LAMBDA, Parameters: { FunctionName: 'f' }, ...fields };
}

export const LINEAR: StateMachine = {
  Comment: 'Nightly report',
  StartAt: 'Collect',
  States: {
    Collect: task({ Resource: 'arn:aws:states:::aws-sdk:s3:listObjectsV2', Parameters: { Bucket: 'b' }, Next: 'Cool down' }),
    'Cool down': { Type: 'Wait', Seconds: 3600, Next: 'Summarize' },
    Summarize: task({ Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:summarize', Next: 'Shape' }),
    Shape: { Type: 'Pass', Next: 'Sent' },
    Sent: { Type: 'Succeed' },
  },
};

const fallback = { ErrorEquals: ['States.ALL'], ResultPath: '$.error' };

export const ORDER: StateMachine = {
  Comment: 'Order processing',
  StartAt: 'ValidateOrder',
  States: {
    ValidateOrder: task({
      Retry: [{ ErrorEquals: ['ServiceException'], IntervalSeconds: 2 }],
      Catch: [
        { ErrorEquals: ['ValidationError'], Next: 'OrderRejected', ResultPath: '$.error' },
        { ...fallback, Next: 'OrderFailed' },
      ],
      Next: 'CheckInventory',
    }),
    CheckInventory: task({
      Resource: 'arn:aws:states:::dynamodb:getItem',
      Parameters: { TableName: 't', Key: {} },
      Catch: [{ ...fallback, Next: 'OrderFailed' }],
      Next: 'IsInStock',
    }),
    IsInStock: {
      Type: 'Choice',
      Choices: [{ Variable: '$.inventory.quantity', NumericGreaterThanEqualsPath: '$.quantity', Next: 'ProcessPayment' }],
      Default: 'OutOfStock',
    },
    ProcessPayment: task({
      Retry: [{ ErrorEquals: ['Payment.Busy'], IntervalSeconds: 1 }],
      Catch: [
        { ErrorEquals: ['Payment.Declined'], Next: 'OrderRejected', ResultPath: '$.error' },
        { ...fallback, Next: 'OrderFailed' },
      ],
      Next: 'FulfillOrder',
    }),
    FulfillOrder: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'UpdateInventory',
          States: {
            UpdateInventory: task({
              Resource: 'arn:aws:states:::dynamodb:updateItem',
              Parameters: { TableName: 't', Key: {} },
              End: true,
            }),
          },
        },
        {
          StartAt: 'SendConfirmation',
          States: { SendConfirmation: task({ Resource: 'arn:aws:states:::aws-sdk:sesv2:sendEmail', Parameters: {}, End: true }) },
        },
      ],
      Catch: [{ ...fallback, Next: 'RefundPayment' }],
      Next: 'OrderCompleted',
    },
    RefundPayment: task({ Next: 'OrderFailed' }),
    OrderCompleted: { Type: 'Succeed' },
    OrderRejected: { Type: 'Fail', Error: 'OrderRejected', Cause: 'The order was rejected' },
    OutOfStock: { Type: 'Fail', Error: 'OutOfStock', Cause: 'Product is out of stock' },
    OrderFailed: { Type: 'Fail', Error: 'OrderFailed' },
  },
};

/** Paid after one busy try; the stock ran out meanwhile; refunded. */
export const ORDER_REFUNDED: readonly HistoryEvent[] = historyOf([
  [0, 0, 'ExecutionStarted'],
  ...taskRows(2, 0, 0, 120, 'ValidateOrder'),
  ...taskRows(7, 6, 120, 140, 'CheckInventory'),
  [11, 140, 'ChoiceStateEntered', 'IsInStock'], // 12
  [12, 140, 'ChoiceStateExited', 'IsInStock'],
  [13, 140, 'TaskStateEntered', 'ProcessPayment'], // 14
  [14, 140, 'TaskScheduled'],
  [15, 140, 'TaskStarted'],
  [16, 390, 'TaskFailed', ['Payment.Busy', '{"errorType":"Payment.Busy","errorMessage":"the card service is busy","trace":[]}']],
  [17, 1390, 'TaskScheduled'], // 18
  [18, 1390, 'TaskStarted'],
  [19, 1700, 'TaskSucceeded'],
  [20, 1700, 'TaskStateExited', 'ProcessPayment'], // 21
  [21, 1700, 'ParallelStateEntered', 'FulfillOrder'], // 22
  [22, 1700, 'ParallelStateStarted'],
  [23, 1700, 'TaskStateEntered', 'UpdateInventory'], // 24
  [23, 1700, 'TaskStateEntered', 'SendConfirmation'], // 25
  [24, 1700, 'TaskScheduled'], // 26
  [25, 1700, 'TaskScheduled'], // 27
  [26, 1700, 'TaskStarted'], // 28
  [27, 1700, 'TaskStarted'], // 29
  [28, 1715, 'TaskFailed', ['DynamoDb.ConditionalCheckFailedException', 'The conditional request failed']], // 30
  [30, 1715, 'TaskStateAborted'],
  [30, 1715, 'TaskStateAborted'],
  [30, 1715, 'ParallelStateFailed'], // 33
  [33, 1715, 'ParallelStateExited', 'FulfillOrder'], // 34
  ...taskRows(35, 34, 1715, 1800, 'RefundPayment'),
  [39, 1800, 'FailStateEntered', 'OrderFailed'], // 40
  [40, 1800, 'ExecutionFailed', ['OrderFailed']],
]);

export const MAP_OF_PARALLEL: StateMachine = {
  Comment: 'Thumbnails of every picture',
  StartAt: 'ListPictures',
  States: {
    ListPictures: task({
      Resource: 'arn:aws:states:::aws-sdk:s3:listObjectsV2',
      Parameters: { Bucket: 'b' },
      Next: 'EachPicture',
    }),
    EachPicture: {
      Type: 'Map',
      ItemsPath: '$.Contents',
      MaxConcurrency: 2,
      ItemProcessor: {
        StartAt: 'Read',
        States: {
          Read: task({ Resource: 'arn:aws:states:::aws-sdk:s3:getObject', Parameters: { Bucket: 'b', Key: 'k' }, Next: 'Sizes' }),
          Sizes: {
            Type: 'Parallel',
            Branches: [
              { StartAt: 'Small', States: { Small: task({ End: true }) } },
              { StartAt: 'Large', States: { Large: task({ Next: 'Watermark' }), Watermark: task({ End: true }) } },
            ],
            End: true,
          },
        },
      },
      Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Report' }],
      Next: 'Done',
    },
    Report: task({ Resource: 'arn:aws:states:::sns:publish', Parameters: { Message: 'm' }, Next: 'Done' }),
    Done: { Type: 'Succeed' },
  },
};

/** Two iterations at once; in the second, the branch `Large` fails while `Small` of both and the first `Large` are still at work. */
export const MAP_OF_PARALLEL_CAUGHT: readonly HistoryEvent[] = historyOf([
  [0, 0, 'ExecutionStarted'],
  ...taskRows(2, 0, 0, 50, 'ListPictures'),
  [6, 50, 'MapStateEntered', 'EachPicture'], // 7
  [7, 50, 'MapStateStarted', 2], // 8
  [8, 50, 'MapIterationStarted', { name: 'EachPicture', index: 0 }], // 9
  [8, 50, 'MapIterationStarted', { name: 'EachPicture', index: 1 }], // 10
  [9, 50, 'TaskStateEntered', 'Read'], // 11
  [10, 50, 'TaskStateEntered', 'Read'], // 12
  [11, 50, 'TaskScheduled'], // 13
  [12, 50, 'TaskScheduled'], // 14
  [13, 50, 'TaskStarted'], // 15
  [14, 50, 'TaskStarted'], // 16
  [16, 80, 'TaskSucceeded'], // 17: the second first
  [17, 80, 'TaskStateExited', 'Read'], // 18
  [15, 90, 'TaskSucceeded'], // 19
  [19, 90, 'TaskStateExited', 'Read'], // 20
  [18, 90, 'ParallelStateEntered', 'Sizes'], // 21: of iteration 1
  [20, 90, 'ParallelStateEntered', 'Sizes'], // 22: of iteration 0
  [21, 90, 'ParallelStateStarted'], // 23
  [22, 90, 'ParallelStateStarted'], // 24
  [23, 90, 'TaskStateEntered', 'Small'], // 25: 1
  [24, 90, 'TaskStateEntered', 'Small'], // 26: 0
  [23, 90, 'TaskStateEntered', 'Large'], // 27: 1
  [24, 90, 'TaskStateEntered', 'Large'], // 28: 0
  [25, 90, 'TaskScheduled'], // 29
  [26, 90, 'TaskScheduled'], // 30
  [27, 90, 'TaskScheduled'], // 31
  [28, 90, 'TaskScheduled'], // 32
  [30, 95, 'TaskSucceeded'], // 33: Small of 0
  [33, 95, 'TaskStateExited', 'Small'], // 34
  [31, 120, 'TaskFailed', ['TooLarge', 'more than 50 MB']], // 35: Large of 1
  [35, 120, 'TaskStateAborted'],
  [35, 120, 'TaskStateAborted'],
  [35, 120, 'ParallelStateFailed'], // 38: Sizes of 1
  [38, 120, 'MapIterationFailed', { name: 'EachPicture', index: 1 }],
  [38, 120, 'TaskStateAborted'],
  [38, 120, 'MapIterationAborted', { name: 'EachPicture', index: 0 }],
  [38, 120, 'MapStateFailed'], // 42
  [42, 120, 'MapStateExited', 'EachPicture'], // 43
  ...taskRows(44, 43, 120, 130, 'Report'),
  [48, 130, 'SucceedStateEntered', 'Done'], // 49
  [49, 130, 'SucceedStateExited', 'Done'],
  [50, 130, 'ExecutionSucceeded', '{"reported":true}'],
]);

/** Ten stages of check, repair and act. */
export const THIRTY: StateMachine = (() => {
  const states: Record<string, State> = {};
  for (let stage = 0; stage < 10; stage++) {
    const next = stage === 9 ? { End: true } : { Next: `Check stage ${stage + 1}` };
    states[`Check stage ${stage}`] = {
      Type: 'Choice',
      Choices: [{ Variable: `$.stages[${stage}].ok`, BooleanEquals: false, Next: `Repair stage ${stage}` }],
      Default: `Act on stage ${stage}`,
    };
    states[`Repair stage ${stage}`] = task({ Next: stage % 3 === 0 ? `Check stage ${stage}` : `Act on stage ${stage}` });
    states[`Act on stage ${stage}`] = task({
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'q', MessageBody: 'b' },
      ...next,
    });
  }
  return { Comment: 'Ten stages', StartAt: 'Check stage 0', States: states };
})();

/** Out of stock. */
export const ORDER_FAILED: readonly HistoryEvent[] = historyOf([
  [0, 0, 'ExecutionStarted'],
  ...taskRows(2, 0, 0, 120, 'ValidateOrder'),
  ...taskRows(7, 6, 120, 140, 'CheckInventory'),
  [11, 140, 'ChoiceStateEntered', 'IsInStock'], // 12
  [12, 140, 'ChoiceStateExited', 'IsInStock'],
  [13, 140, 'FailStateEntered', 'OutOfStock'],
  [14, 140, 'ExecutionFailed', ['OutOfStock', 'Product is out of stock']],
]);

/** A single state of that name. */
export const unnamed = (name: string): StateMachine => ({
  StartAt: name,
  States: Object.fromEntries([[name, { Type: 'Pass', End: true }]]) as States['States'],
});
