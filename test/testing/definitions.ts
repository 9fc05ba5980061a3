/** A Task that calls a function, by the optimised integration. */
export const invoke = (FunctionName: string, fields: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName, 'Payload.$': '$' },
  OutputPath: '$.Payload',
  ...fields,
});

/** A Task that sends a message. */
export const send = (fields: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Parameters: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q', 'MessageBody.$': '$' },
  ...fields,
});

/** States in a row, in the order of their keys. A Choice says itself where it leads. */
export function inARow(states: Readonly<Record<string, object>>): {
  readonly StartAt: string;
  readonly States: Record<string, object>;
} {
  const names = Object.keys(states);
  return {
    StartAt: names[0] as string,
    States: Object.fromEntries(
      names.map((name, index) => {
        const state = states[name] as { readonly Type?: string };
        const next = names[index + 1];
        const leads = state.Type === 'Choice' ? {} : next === undefined ? { End: true } : { Next: next };
        return [name, { ...state, ...leads }];
      }),
    ),
  };
}
