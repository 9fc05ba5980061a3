// aws-local-stepfunctions 3 wants Node.js 22.
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((...functions) => ([resolve, reject] = functions));
  return { promise, resolve, reject };
};

/**
 * Executions of aws-local-stepfunctions, with its log of events kept (it has two per state and none for tasks). Its Context
 * Object has only what it is given: what this workflow reads is given.
 */
export async function awsLocalStepFunctionsContender({ definition }, answers, order) {
  const { StateMachine } = await import('aws-local-stepfunctions');
  const stateMachine = new StateMachine(definition, { validationOptions: { noValidate: true } });
  return async (name) => {
    const { result, eventLogs } = stateMachine.run(order, {
      overrides: { taskResourceLocalHandlers: answers },
      context: { Execution: { Name: name }, State: { Name: 'ProcessPayment', RetryCount: 0 } },
    });
    const events = [];
    for await (const event of eventLogs) events.push(event);
    return { output: await result, events };
  };
}
