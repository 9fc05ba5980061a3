import type { JsonObject } from '../../json/json';

/** A state machine that begins with the first of the states. For the examples of rules. */
export const workflow = (states: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...more,
  StartAt: Object.keys(states)[0] as string,
  States: states,
});

/** The call of a Lambda function with the whole input. */
export const invoke = (functionName: string): JsonObject => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: functionName, 'Payload.$': '$' },
});

/** Waits and asks, again and again, until a job has completed. */
export const poll = (seconds: number, more: JsonObject): JsonObject =>
  workflow(
    {
      Wait: { Type: 'Wait', Seconds: seconds, Next: 'Describe' },
      Describe: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:transcribe:getTranscriptionJob',
        Parameters: { 'TranscriptionJobName.$': '$.job' },
        ResultPath: '$.status',
        Next: 'Done',
      },
      Done: {
        Type: 'Choice',
        Choices: [{ Variable: '$.status.TranscriptionJob.TranscriptionJobStatus', StringEquals: 'COMPLETED', Next: 'Completed' }],
        Default: 'Wait',
      },
      Completed: { Type: 'Succeed' },
    },
    more,
  );
