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
