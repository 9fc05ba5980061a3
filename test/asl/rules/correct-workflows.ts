import type { CheckOptions } from '../../../lib/asl/check';

const lambda = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;
const service = (name: string) => `arn:aws:states:::${name}`;
const THROTTLED = {
  ErrorEquals: [
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  IntervalSeconds: 2,
  MaxAttempts: 6,
  BackoffRate: 2,
  JitterStrategy: 'FULL',
};

/** A workflow that is right: its name, its definition, and how it is looked at. */
export type CorrectWorkflow = readonly [string, object, CheckOptions?];

/** Workflows as people write them, with nothing to be said against. */
export const CORRECT_WORKFLOWS: readonly CorrectWorkflow[] = [
  [
    'an order, paid, reserved and shipped',
    {
      StartAt: 'ValidateOrder',
      States: {
        ValidateOrder: {
          Type: 'Task',
          Resource: service('lambda:invoke'),
          Parameters: { FunctionName: lambda('validate'), 'Payload.$': '$' },
          ResultSelector: { 'isValid.$': '$.Payload.isValid', 'total.$': '$.Payload.total' },
          ResultPath: '$.validation',
          Retry: [THROTTLED],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'OrderFailed' }],
          Next: 'IsValid',
        },
        IsValid: {
          Type: 'Choice',
          Choices: [{ Variable: '$.validation.isValid', BooleanEquals: true, Next: 'ReserveStock' }],
          Default: 'OrderRejected',
        },
        ReserveStock: {
          Type: 'Task',
          Resource: service('dynamodb:updateItem'),
          Parameters: {
            TableName: 'stock',
            Key: { sku: { 'S.$': '$.order.sku' } },
            UpdateExpression: 'SET free = free - :n',
            ConditionExpression: 'free >= :n',
            ExpressionAttributeValues: { ':n': { 'N.$': "States.Format('{}', $.order.pieces)" } },
          },
          ResultPath: null,
          Catch: [
            { ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'], ResultPath: '$.error', Next: 'OrderRejected' },
            { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'OrderFailed' },
          ],
          Next: 'ChargeCard',
        },
        ChargeCard: {
          Type: 'Task',
          Resource: service('lambda:invoke'),
          Parameters: {
            FunctionName: lambda('charge'),
            Payload: { 'total.$': '$.validation.total', 'idempotencyKey.$': '$$.Execution.Name' },
          },
          ResultPath: '$.payment',
          TimeoutSeconds: 60,
          Retry: [THROTTLED, { ErrorEquals: ['CardDeclined'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'], MaxAttempts: 2 }],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'ReleaseStock' }],
          Next: 'NotifyShipping',
        },
        ReleaseStock: {
          Type: 'Task',
          Resource: service('dynamodb:updateItem'),
          Parameters: {
            TableName: 'stock',
            Key: { sku: { 'S.$': '$.order.sku' } },
            UpdateExpression: 'SET free = free + :n',
            ConditionExpression: 'contains(reservations, :execution)',
            ExpressionAttributeValues: {
              ':n': { 'N.$': "States.Format('{}', $.order.pieces)" },
              ':execution': { 'S.$': '$$.Execution.Name' },
            },
          },
          ResultPath: null,
          Next: 'OrderFailed',
        },
        NotifyShipping: {
          Type: 'Task',
          Resource: service('sqs:sendMessage'),
          Parameters: {
            QueueUrl: 'https://sqs.example/shipping',
            MessageBody: { 'order.$': '$.order', 'paymentId.$': '$.payment.Payload.paymentId' },
          },
          ResultPath: '$.shipping',
          End: true,
        },
        OrderRejected: { Type: 'Fail', Error: 'OrderRejected', Cause: 'The order is not valid or sold out' },
        OrderFailed: { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: "States.Format('{}', $.error.Cause)" },
      },
    },
  ],
  [
    'a saga with compensations in the contrary order',
    {
      StartAt: 'BookHotel',
      States: {
        BookHotel: {
          Type: 'Task',
          Resource: lambda('book-hotel'),
          ResultPath: '$.hotel',
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'BookingFailed' }],
          Next: 'BookFlight',
        },
        BookFlight: {
          Type: 'Task',
          Resource: lambda('book-flight'),
          ResultPath: '$.flight',
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'CancelHotel' }],
          Next: 'BookCar',
        },
        BookCar: {
          Type: 'Task',
          Resource: lambda('book-car'),
          ResultPath: '$.car',
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'CancelFlight' }],
          Next: 'Booked',
        },
        CancelFlight: {
          Type: 'Task',
          Resource: lambda('cancel-flight'),
          Parameters: { 'id.$': '$.flight.id' },
          ResultPath: null,
          Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 5 }],
          Next: 'CancelHotel',
        },
        CancelHotel: {
          Type: 'Task',
          Resource: lambda('cancel-hotel'),
          Parameters: { 'id.$': '$.hotel.id' },
          ResultPath: null,
          Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 5 }],
          Next: 'BookingFailed',
        },
        BookingFailed: { Type: 'Fail', Error: 'BookingFailed', CausePath: 'States.JsonToString($.failure)' },
        Booked: { Type: 'Succeed' },
      },
    },
  ],
  [
    'a job that is polled a hundred times at most',
    {
      StartAt: 'Start',
      States: {
        Start: {
          Type: 'Task',
          Resource: service('aws-sdk:transcribe:startTranscriptionJob'),
          Parameters: {
            'TranscriptionJobName.$': '$$.Execution.Name',
            Media: { 'MediaFileUri.$': '$.uri' },
            LanguageCode: 'en-US',
          },
          ResultPath: '$.job',
          Next: 'Count',
        },
        Count: { Type: 'Pass', Parameters: { tries: 0 }, ResultPath: '$.polling', Next: 'Wait' },
        Wait: { Type: 'Wait', Seconds: 30, Next: 'Look' },
        Look: {
          Type: 'Task',
          Resource: service('aws-sdk:transcribe:getTranscriptionJob'),
          Parameters: { 'TranscriptionJobName.$': '$.job.TranscriptionJob.TranscriptionJobName' },
          ResultPath: '$.job',
          Next: 'Add',
        },
        Add: {
          Type: 'Pass',
          Parameters: { 'tries.$': 'States.MathAdd($.polling.tries, 1)' },
          ResultPath: '$.polling',
          Next: 'Ready',
        },
        Ready: {
          Type: 'Choice',
          Choices: [
            { Variable: '$.job.TranscriptionJob.TranscriptionJobStatus', StringEquals: 'COMPLETED', Next: 'Done' },
            { Variable: '$.job.TranscriptionJob.TranscriptionJobStatus', StringEquals: 'FAILED', Next: 'Failed' },
            { Variable: '$.polling.tries', NumericGreaterThanEquals: 100, Next: 'Failed' },
          ],
          Default: 'Wait',
        },
        Failed: { Type: 'Fail', Error: 'NotTranscribed' },
        Done: { Type: 'Succeed', OutputPath: '$.job' },
      },
    },
  ],
  [
    'a job that is polled, in JSONata with variables',
    {
      QueryLanguage: 'JSONata',
      TimeoutSeconds: 7200,
      StartAt: 'Start',
      States: {
        Start: {
          Type: 'Task',
          Resource: service('aws-sdk:athena:startQueryExecution'),
          Arguments: { QueryString: "SELECT json_extract(payload, '$.id') FROM orders", WorkGroup: 'primary' },
          Assign: { id: '{% $states.result.QueryExecutionId %}', tries: 0 },
          Next: 'Wait',
        },
        Wait: { Type: 'Wait', Seconds: '{% $min([60, 5 * $power(2, $tries)]) %}', Next: 'Look' },
        Look: {
          Type: 'Task',
          Resource: service('aws-sdk:athena:getQueryExecution'),
          Arguments: { QueryExecutionId: '{% $id %}' },
          Assign: { tries: '{% $tries + 1 %}', state: '{% $states.result.QueryExecution.Status.State %}' },
          Next: 'Ready',
        },
        Ready: {
          Type: 'Choice',
          Choices: [
            { Condition: "{% $state = 'SUCCEEDED' %}", Next: 'Read' },
            { Condition: "{% $state in ['FAILED', 'CANCELLED'] or $tries > 50 %}", Next: 'Failed' },
          ],
          Default: 'Wait',
        },
        Read: {
          Type: 'Task',
          Resource: service('aws-sdk:athena:getQueryResults'),
          Arguments: { QueryExecutionId: '{% $id %}' },
          Output: '{% [$states.result.ResultSet.Rows.Data.VarCharValue] %}',
          End: true,
        },
        Failed: { Type: 'Fail', Error: 'QueryFailed', Cause: "{% 'The query ended as ' & $state %}" },
      },
    },
  ],
  [
    'a Distributed Map over the objects of a bucket',
    {
      StartAt: 'EachObject',
      States: {
        EachObject: {
          Type: 'Map',
          Label: 'EachObject',
          MaxConcurrency: 40,
          ToleratedFailurePercentage: 5,
          ItemReader: { Resource: service('s3:listObjectsV2'), Parameters: { Bucket: 'uploads', 'Prefix.$': '$.prefix' } },
          ItemSelector: { 'key.$': '$$.Map.Item.Value.Key', 'size.$': '$$.Map.Item.Value.Size', bucket: 'uploads' },
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'IsSmall',
            States: {
              IsSmall: {
                Type: 'Choice',
                Choices: [{ Variable: '$.size', NumericLessThan: 1_000_000, Next: 'Resize' }],
                Default: 'Skip',
              },
              Resize: {
                Type: 'Task',
                Resource: service('lambda:invoke'),
                Parameters: { FunctionName: lambda('resize'), Payload: { 'key.$': '$.key', 'bucket.$': '$.bucket' } },
                OutputPath: '$.Payload',
                Retry: [THROTTLED],
                End: true,
              },
              Skip: { Type: 'Pass', End: true },
            },
          },
          ResultWriter: { Resource: service('s3:putObject'), Parameters: { Bucket: 'results', Prefix: 'resized' } },
          ResultPath: '$.run',
          Next: 'Tell',
        },
        Tell: {
          Type: 'Task',
          Resource: service('sns:publish'),
          Parameters: {
            TopicArn: 'arn:aws:sns:eu-west-1:111122223333:done',
            'Message.$': "States.Format('Written to {}', $.run.ResultWriterDetails.Key)",
          },
          End: true,
        },
      },
    },
  ],
  [
    'rows of a CSV, made numbers of, in batches',
    {
      QueryLanguage: 'JSONata',
      StartAt: 'EachRow',
      States: {
        EachRow: {
          Type: 'Map',
          MaxConcurrency: 10,
          ToleratedFailureCount: 100,
          ItemReader: {
            Resource: service('s3:getObject'),
            ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
            Arguments: { Bucket: '{% $states.input.bucket %}', Key: '{% $states.input.key %}' },
          },
          ItemBatcher: {
            MaxItemsPerBatch: 50,
            BatchInput: { day: '{% $substring($states.context.Execution.StartTime, 0, 10) %}' },
          },
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
            StartAt: 'Sum',
            States: {
              Sum: {
                Type: 'Pass',
                Output: {
                  day: '{% $states.input.BatchInput.day %}',
                  total: '{% $sum($states.input.Items.$number(price)) %}',
                  dear: '{% [$states.input.Items[$number(price) > 100].id] %}',
                },
                Next: 'Any',
              },
              Any: {
                Type: 'Choice',
                Choices: [{ Condition: '{% $count($states.input.dear) > 0 and $states.input.total > 1000 %}', Next: 'Store' }],
                Default: 'Nothing',
              },
              Store: {
                Type: 'Task',
                Resource: service('dynamodb:putItem'),
                Arguments: {
                  TableName: 'sums',
                  Item: {
                    day: { S: '{% $states.input.day %}' },
                    total: { N: '{% $string($states.input.total) %}' },
                    ids: { SS: '{% $states.input.dear %}' },
                  },
                },
                End: true,
              },
              Nothing: { Type: 'Succeed' },
            },
          },
          End: true,
        },
      },
    },
  ],
  [
    'an approval by a person, with a reminder',
    {
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: service('sqs:sendMessage.waitForTaskToken'),
          Parameters: {
            QueueUrl: 'https://sqs.example/approvals',
            MessageBody: { 'request.$': '$', 'token.$': '$$.Task.Token' },
          },
          TimeoutSeconds: 86_400,
          ResultPath: '$.answer',
          Catch: [
            { ErrorEquals: ['States.Timeout'], ResultPath: '$.error', Next: 'Escalate' },
            { ErrorEquals: ['Refused'], ResultPath: '$.error', Next: 'Refused' },
          ],
          Next: 'Approved',
        },
        Approved: {
          Type: 'Choice',
          Choices: [{ Variable: '$.answer.approved', BooleanEquals: true, Next: 'Release' }],
          Default: 'Refused',
        },
        Escalate: {
          Type: 'Task',
          Resource: service('sns:publish'),
          Parameters: {
            TopicArn: 'arn:aws:sns:eu-west-1:111122223333:boss',
            Message: { 'request.$': '$', note: 'nobody has answered' },
          },
          Next: 'TimedOut',
        },
        Release: { Type: 'Task', Resource: lambda('release'), End: true },
        Refused: { Type: 'Fail', Error: 'Refused', Cause: 'The request was refused' },
        TimedOut: { Type: 'Fail', Error: 'TimedOut', Cause: 'Nobody has answered within a day' },
      },
    },
  ],
  [
    'an approval in JSONata, whose timeout is told',
    {
      QueryLanguage: 'JSONata',
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: service('lambda:invoke.waitForTaskToken'),
          Arguments: {
            FunctionName: lambda('ask'),
            Payload: { token: '{% $states.context.Task.Token %}', order: '{% $states.input.order %}' },
          },
          HeartbeatSeconds: 3600,
          TimeoutSeconds: 259_200,
          Assign: { approver: '{% $states.result.approver %}' },
          Output: '{% $merge([$states.input, { "approved": $states.result.approved }]) %}',
          Catch: [
            {
              ErrorEquals: ['States.ALL'],
              Output: '{% $merge([$states.input, { "error": $states.errorOutput }]) %}',
              Next: 'Why',
            },
          ],
          Next: 'Approved',
        },
        Approved: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.approved %}', Next: 'Release' }],
          Default: 'Refused',
        },
        Release: {
          Type: 'Task',
          Resource: service('events:putEvents'),
          Arguments: {
            Entries: [
              {
                Source: 'orders',
                DetailType: 'Released',
                EventBusName: 'default',
                Detail: { order: '{% $states.input.order %}', by: '{% $approver %}' },
              },
            ],
          },
          End: true,
        },
        Why: {
          Type: 'Choice',
          Choices: [{ Condition: "{% $states.input.error.Error = 'States.Timeout' %}", Next: 'TimedOut' }],
          Default: 'Failed',
        },
        TimedOut: { Type: 'Fail', Error: 'TimedOut' },
        Failed: { Type: 'Fail', Error: '{% $states.input.error.Error %}', Cause: '{% $states.input.error.Cause %}' },
        Refused: { Type: 'Fail', Error: 'Refused' },
      },
    },
  ],
  [
    'a child that is waited for, with its result',
    {
      StartAt: 'Report',
      States: {
        Report: {
          Type: 'Task',
          Resource: service('states:startExecution.sync:2'),
          Parameters: {
            StateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:Report',
            'Name.$': "States.Format('{}-report', $$.Execution.Name)",
            Input: { 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id', 'month.$': '$.month' },
          },
          ResultSelector: { 'rows.$': '$.Output.rows', 'status.$': '$.Status' },
          ResultPath: '$.report',
          Retry: [{ ErrorEquals: ['StepFunctions.ExecutionLimitExceededException'], IntervalSeconds: 30, MaxAttempts: 3 }],
          Catch: [{ ErrorEquals: ['States.TaskFailed'], ResultPath: '$.error', Next: 'Failed' }],
          Next: 'Send',
        },
        Send: {
          Type: 'Task',
          Resource: service('aws-sdk:sesv2:sendEmail'),
          Parameters: {
            FromEmailAddress: 'a@example.com',
            Destination: { 'ToAddresses.$': '$.to' },
            Content: {
              Simple: {
                Subject: { Data: 'Your report' },
                Body: { Text: { 'Data.$': "States.Format('{} rows', $.report.rows)" } },
              },
            },
          },
          ResultPath: null,
          End: true,
        },
        Failed: { Type: 'Fail', Error: 'ReportFailed', CausePath: '$.error.Cause' },
      },
    },
  ],
  [
    'children side by side, by .sync, whose Output is parsed',
    {
      QueryLanguage: 'JSONata',
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [
            {
              StartAt: 'Prices',
              States: {
                Prices: {
                  Type: 'Task',
                  Resource: service('states:startExecution.sync'),
                  Arguments: {
                    StateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:Prices',
                    Input: '{% $states.input %}',
                  },
                  Output: '{% $parse($states.result.Output) %}',
                  End: true,
                },
              },
            },
            {
              StartAt: 'Stock',
              States: {
                Stock: {
                  Type: 'Task',
                  Resource: service('states:startExecution.sync:2'),
                  Arguments: {
                    StateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:Stock',
                    Input: '{% $states.input %}',
                  },
                  Output: '{% $states.result.Output.stock %}',
                  End: true,
                },
              },
            },
          ],
          Output: { prices: '{% $states.result[0] %}', stock: '{% $states.result[1] %}' },
          Next: 'Enough',
        },
        Enough: {
          Type: 'Choice',
          Choices: [
            {
              Condition: '{% $states.input.stock.free > 0 %}',
              Output: { offer: '{% $states.input.prices.best %}' },
              Next: 'Offer',
            },
          ],
          Default: 'SoldOut',
        },
        Offer: { Type: 'Pass', Output: '{% $states.input.offer %}', End: true },
        SoldOut: { Type: 'Fail', Error: 'SoldOut' },
      },
    },
  ],
  [
    'a summary by a model of Bedrock',
    {
      StartAt: 'Summarize',
      States: {
        Summarize: {
          Type: 'Task',
          Resource: service('bedrock:invokeModel'),
          Parameters: {
            ModelId: 'anthropic.claude-3-5-sonnet-20240620-v1:0',
            Body: {
              anthropic_version: 'bedrock-2023-05-31',
              max_tokens: 500,
              messages: [{ role: 'user', content: [{ type: 'text', 'text.$': "States.Format('Summarize: {}', $.text)" }] }],
            },
          },
          ResultSelector: {
            'summary.$': '$.Body.content[0].text',
            'stop.$': '$.Body.stop_reason',
            'tokens.$': '$.Body.usage.output_tokens',
          },
          ResultPath: '$.answer',
          Retry: [{ ErrorEquals: ['Bedrock.ThrottlingException'], IntervalSeconds: 5, MaxAttempts: 4, BackoffRate: 2 }],
          Next: 'Complete',
        },
        Complete: {
          Type: 'Choice',
          Choices: [{ Variable: '$.answer.stop', StringEquals: 'max_tokens', Next: 'Shorten' }],
          Default: 'Store',
        },
        Shorten: { Type: 'Fail', Error: 'TooLong' },
        Store: {
          Type: 'Task',
          Resource: service('dynamodb:putItem'),
          Parameters: {
            TableName: 'summaries',
            Item: {
              id: { 'S.$': '$.id' },
              summary: { 'S.$': '$.answer.summary' },
              tokens: { 'N.$': "States.Format('{}', $.answer.tokens)" },
            },
          },
          ResultPath: null,
          End: true,
        },
      },
    },
  ],
  [
    'a chain of prompts, in JSONata, whose answer is JSON or not',
    {
      QueryLanguage: 'JSONata',
      StartAt: 'Classify',
      States: {
        Classify: {
          Type: 'Task',
          Resource: service('bedrock:invokeModel'),
          Arguments: {
            ModelId: 'us.anthropic.claude-3-7-sonnet-20250219-v1:0',
            Body: {
              anthropic_version: 'bedrock-2023-05-31',
              max_tokens: 200,
              messages: "{% [{ 'role': 'user', 'content': $states.input.question }] %}",
            },
          },
          Assign: { answer: '{% $states.result.Body.content[0].text %}', question: '{% $states.input.question %}' },
          Next: 'Which',
        },
        Which: {
          Type: 'Choice',
          Choices: [
            { Condition: "{% $contains($answer, 'REFUND') %}", Next: 'Refund' },
            { Condition: "{% $lowercase($trim($answer)) = 'other' or $length($answer) > 500 %}", Next: 'Human' },
          ],
          Default: 'Human',
        },
        Refund: { Type: 'Pass', Output: { kind: 'refund', words: "{% $split($answer, ' ')[0] %}" }, End: true },
        Human: { Type: 'Pass', Output: { kind: 'human', question: '{% $question %}', at: '{% $now() %}' }, End: true },
      },
    },
  ],
  [
    'three lookups at once, put together by ResultSelector',
    {
      StartAt: 'Lookups',
      States: {
        Lookups: {
          Type: 'Parallel',
          Branches: [
            {
              StartAt: 'Customer',
              States: {
                Customer: {
                  Type: 'Task',
                  Resource: service('dynamodb:getItem'),
                  Parameters: { TableName: 'customers', Key: { id: { 'S.$': '$.customerId' } } },
                  ResultSelector: { 'item.$': '$.Item' },
                  End: true,
                },
              },
            },
            {
              StartAt: 'Offers',
              States: {
                Offers: {
                  Type: 'Task',
                  Resource: lambda('offers'),
                  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'NoOffers' }],
                  End: true,
                },
                NoOffers: { Type: 'Pass', Result: [], End: true },
              },
            },
            {
              StartAt: 'History',
              States: {
                History: {
                  Type: 'Task',
                  Resource: service('lambda:invoke'),
                  Parameters: { FunctionName: lambda('history'), Payload: { 'id.$': '$.customerId' } },
                  OutputPath: '$.Payload',
                  End: true,
                },
              },
            },
          ],
          ResultSelector: { 'name.$': '$[0].item.name.S', 'offers.$': '$[1]', 'orders.$': '$[2].orders' },
          ResultPath: '$.found',
          Next: 'Known',
        },
        Known: {
          Type: 'Choice',
          Choices: [{ Variable: '$.found.name', IsPresent: true, Next: 'EachOrder' }],
          Default: 'Unknown',
        },
        EachOrder: {
          Type: 'Map',
          ItemsPath: '$.found.orders',
          MaxConcurrency: 5,
          ItemSelector: { 'order.$': '$$.Map.Item.Value', 'name.$': '$.found.name' },
          ItemProcessor: {
            StartAt: 'Price',
            States: {
              Price: {
                Type: 'Task',
                Resource: lambda('price'),
                Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], JitterStrategy: 'FULL', MaxAttempts: 5 }],
                End: true,
              },
            },
          },
          ResultPath: '$.prices',
          Next: 'Done',
        },
        Done: {
          Type: 'Pass',
          Parameters: { 'count.$': 'States.ArrayLength($.prices)', 'first.$': '$.prices[0]', 'customer.$': '$.customerId' },
          End: true,
        },
        Unknown: { Type: 'Fail', Error: 'UnknownCustomer' },
      },
    },
  ],
  [
    'an API behind an Express workflow, which answers errors as results',
    {
      QueryLanguage: 'JSONata',
      StartAt: 'Find',
      States: {
        Find: {
          Type: 'Task',
          Resource: service('dynamodb:getItem'),
          Arguments: { TableName: 'orders', Key: { id: { S: '{% $states.input.pathParameters.id %}' } } },
          Assign: { order: '{% $exists($states.result.Item) ? $states.result.Item : null %}' },
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Broken' }],
          Next: 'Found',
        },
        Found: { Type: 'Choice', Choices: [{ Condition: '{% $order = null %}', Next: 'NotFound' }], Default: 'Answer' },
        Answer: {
          Type: 'Pass',
          Output: {
            statusCode: 200,
            body: "{% $string({ 'id': $order.id.S, 'total': $number($order.total.N), 'dear': $number($order.total.N) > 100 }) %}",
          },
          End: true,
        },
        NotFound: { Type: 'Pass', Output: { statusCode: 404, body: 'not found' }, End: true },
        Broken: { Type: 'Pass', Output: { statusCode: 500, body: 'internal' }, End: true },
      },
    },
    { type: 'EXPRESS' },
  ],
  [
    'pages of a list, one after the other, each handed to a queue',
    {
      QueryLanguage: 'JSONata',
      StartAt: 'Begin',
      States: {
        Begin: { Type: 'Pass', Assign: { token: null, pages: 0 }, Next: 'List' },
        List: {
          Type: 'Task',
          Resource: service('aws-sdk:s3:listObjectsV2'),
          Arguments:
            "{% $merge([{ 'Bucket': 'uploads', 'MaxKeys': 100 }, $token = null ? {} : { 'ContinuationToken': $token }]) %}",
          Assign: {
            token: '{% $exists($states.result.NextContinuationToken) ? $states.result.NextContinuationToken : null %}',
            pages: '{% $pages + 1 %}',
          },
          Output: { keys: '{% [$states.result.Contents.Key] %}' },
          Next: 'Each',
        },
        Each: {
          Type: 'Map',
          Items: '{% $states.input.keys %}',
          MaxConcurrency: 10,
          ItemProcessor: {
            StartAt: 'Send',
            States: {
              Send: {
                Type: 'Task',
                Resource: service('sqs:sendMessage'),
                Arguments: {
                  QueueUrl: 'https://sqs.example/keys',
                  MessageBody: { key: '{% $states.input %}', page: '{% $pages %}' },
                },
                End: true,
              },
            },
          },
          Output: {},
          Next: 'More',
        },
        More: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $token != null and $pages < 500 %}', Next: 'List' }],
          Default: 'Done',
        },
        Done: { Type: 'Succeed' },
      },
    },
  ],
  [
    'an order of EventBridge, by its schema',
    {
      StartAt: 'Route',
      States: {
        Route: {
          Type: 'Choice',
          Choices: [
            {
              And: [
                { Variable: '$.detail.note', IsPresent: true },
                { Variable: '$.detail.note', StringMatches: '*gift*' },
              ],
              Next: 'Gift',
            },
            { Variable: '$.detail.total', NumericGreaterThan: 1000, Next: 'Review' },
          ],
          Default: 'Ship',
        },
        Gift: { Type: 'Pass', Parameters: { 'wrap.$': '$.detail.note' }, ResultPath: '$.gift', Next: 'Ship' },
        Review: {
          Type: 'Task',
          Resource: service('states:startExecution'),
          Parameters: {
            StateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:Review',
            'Name.$': '$.id',
            Input: { 'order.$': '$.detail.orderId' },
          },
          Catch: [{ ErrorEquals: ['StepFunctions.ExecutionAlreadyExistsException'], ResultPath: null, Next: 'UnderReview' }],
          Next: 'UnderReview',
        },
        UnderReview: { Type: 'Succeed' },
        Ship: {
          Type: 'Task',
          Resource: lambda('ship'),
          Parameters: { 'order.$': '$.detail.orderId', 'lines.$': '$.detail.lines[*].sku' },
          End: true,
        },
      },
    },
    {
      inputSchema: {
        type: 'object',
        required: ['id', 'detail'],
        properties: {
          id: { type: 'string' },
          detail: {
            type: 'object',
            required: ['orderId', 'total', 'lines'],
            properties: {
              orderId: { type: 'string' },
              total: { type: 'number' },
              note: { type: 'string' },
              lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] } },
            },
          },
        },
      },
    },
  ],
  [
    'the same in JSONata, by its schema',
    {
      QueryLanguage: 'JSONata',
      StartAt: 'Route',
      States: {
        Route: {
          Type: 'Choice',
          Choices: [
            { Condition: "{% $exists($states.input.note) and $contains($states.input.note, 'gift') %}", Next: 'Gift' },
            { Condition: "{% $states.input.note = 'urgent' %}", Next: 'Ship' },
            { Condition: '{% $sum($states.input.lines.pieces) > 10 %}', Next: 'Review' },
          ],
          Default: 'Ship',
        },
        Gift: { Type: 'Pass', Output: '{% $merge([$states.input, { "wrap": true }]) %}', Next: 'Ship' },
        Review: { Type: 'Fail', Error: 'TooMuch', Cause: "{% $string($count($states.input.lines)) & ' lines' %}" },
        Ship: {
          Type: 'Map',
          Items: '{% $states.input.lines %}',
          ItemSelector: {
            sku: '{% $states.context.Map.Item.Value.sku %}',
            hint: "{% $states.input.note ? $states.input.note : '' %}",
          },
          ItemProcessor: {
            StartAt: 'Pick',
            States: {
              Pick: { Type: 'Task', Resource: lambda('pick'), Arguments: { sku: '{% $states.input.sku %}' }, End: true },
            },
          },
          End: true,
        },
      },
    },
    {
      inputSchema: {
        type: 'object',
        required: ['lines'],
        properties: {
          note: { type: 'string' },
          lines: {
            type: 'array',
            items: {
              type: 'object',
              required: ['sku', 'pieces'],
              properties: { sku: { type: 'string' }, pieces: { type: 'integer' } },
            },
          },
        },
      },
    },
  ],
  [
    'a nightly load with a job of Glue and one of ECS',
    {
      StartAt: 'Extract',
      TimeoutSeconds: 21_600,
      States: {
        Extract: {
          Type: 'Task',
          Resource: service('glue:startJobRun.sync'),
          Parameters: { JobName: 'extract', Arguments: { '--day.$': '$.day' } },
          ResultPath: '$.extract',
          Retry: [{ ErrorEquals: ['Glue.ConcurrentRunsExceededException'], IntervalSeconds: 60, MaxAttempts: 10 }],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Tell' }],
          Next: 'Load',
        },
        Load: {
          Type: 'Task',
          Resource: service('ecs:runTask.sync'),
          Parameters: { Cluster: 'jobs', TaskDefinition: 'load', LaunchType: 'FARGATE' },
          TimeoutSeconds: 7200,
          ResultPath: '$.load',
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Tell' }],
          Next: 'Done',
        },
        Tell: {
          Type: 'Task',
          Resource: service('sns:publish'),
          Parameters: {
            TopicArn: 'arn:aws:sns:eu-west-1:111122223333:alarms',
            Subject: 'The nightly load has failed',
            'Message.$': "States.Format('{}: {}', $.error.Error, $.error.Cause)",
          },
          ResultPath: null,
          Next: 'Failed',
        },
        Failed: { Type: 'Fail', Error: 'LoadFailed', CausePath: 'States.JsonToString($.error)' },
        Done: { Type: 'Succeed' },
      },
    },
  ],
  [
    'a request over HTTP, whose errors are told apart',
    {
      QueryLanguage: 'JSONata',
      StartAt: 'Post',
      States: {
        Post: {
          Type: 'Task',
          Resource: service('http:invoke'),
          Arguments: {
            ApiEndpoint: 'https://api.example/orders',
            Method: 'POST',
            InvocationConfig: { ConnectionArn: 'arn:aws:events:eu-west-1:111122223333:connection/api/1' },
            RequestBody: {
              id: '{% $states.input.id %}',
              lines: "{% $map($states.input.lines, function($line, $index) { { 'no': $index + 1, 'sku': $line.sku } })[] %}",
            },
          },
          Retry: [
            {
              ErrorEquals: ['States.Http.StatusCode.429', 'States.Http.StatusCode.503', 'States.Http.Socket'],
              IntervalSeconds: 3,
              MaxAttempts: 4,
              BackoffRate: 2,
              JitterStrategy: 'FULL',
            },
          ],
          Catch: [
            { ErrorEquals: ['States.Http.StatusCode.404'], Output: { status: 'missing' }, Next: 'Done' },
            { ErrorEquals: ['States.ALL'], Assign: { error: '{% $states.errorOutput %}' }, Next: 'Failed' },
          ],
          Output: {
            status: "{% $states.result.StatusCode = 201 ? 'created' : 'known' %}",
            id: '{% $states.result.ResponseBody.id %}',
          },
          Next: 'Done',
        },
        Failed: {
          Type: 'Fail',
          Error: '{% $error.Error %}',
          Cause: "{% $type($error.Cause) = 'string' ? $error.Cause : 'no cause' %}",
        },
        Done: { Type: 'Succeed' },
      },
    },
  ],
  [
    "a function's own errors, whose Cause is parsed",
    {
      StartAt: 'Import',
      States: {
        Import: {
          Type: 'Task',
          Resource: service('lambda:invoke'),
          Parameters: { FunctionName: lambda('import'), Payload: { 'key.$': '$.key' } },
          TimeoutSeconds: 300,
          ResultSelector: { 'rows.$': '$.Payload.rows' },
          ResultPath: '$.imported',
          Retry: [THROTTLED],
          Catch: [
            { ErrorEquals: ['BadRow', 'BadHeader'], ResultPath: '$.error', Next: 'Explain' },
            { ErrorEquals: ['States.Timeout', 'States.TaskFailed'], ResultPath: '$.error', Next: 'Failed' },
          ],
          Next: 'Any',
        },
        Any: {
          Type: 'Choice',
          Choices: [
            { Variable: '$.imported.rows', NumericGreaterThan: 0, Next: 'Done' },
            { Variable: '$.imported.rows', NumericLessThanEquals: 0, Next: 'Empty' },
          ],
        },
        Explain: {
          Type: 'Pass',
          Parameters: { 'details.$': 'States.StringToJson($.error.Cause)', 'key.$': '$.key' },
          Next: 'Refuse',
        },
        Refuse: {
          Type: 'Task',
          Resource: service('aws-sdk:s3:putObject'),
          Parameters: { Bucket: 'refused', 'Key.$': '$.key', 'Body.$': '$.details.errorMessage' },
          ResultPath: null,
          Next: 'Refused',
        },
        Refused: { Type: 'Fail', Error: 'Refused', CausePath: '$.details.errorMessage' },
        Failed: { Type: 'Fail', Error: 'ImportFailed' },
        Empty: { Type: 'Succeed' },
        Done: { Type: 'Succeed' },
      },
    },
  ],
  [
    'an activity with heartbeats, and a message that goes on whatever happens',
    {
      StartAt: 'Render',
      States: {
        Render: {
          Type: 'Task',
          Resource: 'arn:aws:states:eu-west-1:111122223333:activity:render',
          HeartbeatSeconds: 60,
          TimeoutSeconds: 3600,
          ResultPath: '$.film',
          Retry: [{ ErrorEquals: ['States.HeartbeatTimeout'], MaxAttempts: 2 }],
          Next: 'Tell',
        },
        Tell: {
          Type: 'Task',
          Resource: service('sns:publish'),
          Parameters: { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:films', 'Message.$': 'States.JsonToString($.film)' },
          ResultPath: null,
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Wait' }],
          Next: 'Wait',
        },
        Wait: { Type: 'Wait', TimestampPath: '$.publishAt', Next: 'Publish' },
        Publish: { Type: 'Task', Resource: lambda('publish'), ResultPath: '$.published', End: true },
      },
    },
  ],
  [
    'states of both query languages in one machine',
    {
      StartAt: 'Read',
      States: {
        Read: {
          Type: 'Task',
          Resource: service('lambda:invoke'),
          Parameters: { FunctionName: lambda('read'), 'Payload.$': '$' },
          ResultSelector: { 'orders.$': '$.Payload.orders' },
          Assign: { 'count.$': 'States.ArrayLength($.Payload.orders)' },
          Next: 'Dear',
        },
        Dear: {
          Type: 'Pass',
          QueryLanguage: 'JSONata',
          Output: {
            dear: '{% [$states.input.orders[total > 100]] %}',
            cheap: '{% $filter($states.input.orders, function($o) { $o.total <= 100 })[] %}',
            all: '{% $count %}',
          },
          Next: 'EachDear',
        },
        EachDear: {
          Type: 'Map',
          ItemsPath: '$.dear',
          ItemProcessor: { StartAt: 'Look', States: { Look: { Type: 'Task', Resource: lambda('look'), End: true } } },
          ResultPath: '$.looked',
          Next: 'EachCheap',
        },
        EachCheap: {
          Type: 'Map',
          QueryLanguage: 'JSONata',
          Items: '{% $states.input.cheap %}',
          ItemProcessor: { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } },
          Output: '{% $merge([$states.input, { "passed": $states.result }]) %}',
          Next: 'Sum',
        },
        Sum: { Type: 'Pass', Parameters: { 'looked.$': '$.looked', 'count.$': '$count' }, End: true },
      },
    },
  ],
];
