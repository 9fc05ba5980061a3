import { compile, createWorld, parse, integrationProblems } from '../../lib/simulator';
import { inARow } from '../testing/definitions';

const calling = (resource: string, Parameters: object) =>
  inARow({ Call: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters } });

test('in a world of its own, a program has parameters looked at as AWS looks at them', async () => {
  const world = createWorld({ perform: () => ({ value: {}, durationMs: 0 }), problems: integrationProblems });
  const run = async (definition: object) => {
    const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:m';
    const program = compile(parse(definition));
    return world.startExecution({ name: 'm', arn, roleArn: 'r', type: 'STANDARD', program }, {}).run();
  };
  const api = { ApiEndpoint: 'abc.execute-api.us-east-1.amazonaws.com', Method: 'GET' };
  expect(await run(calling('apigateway:invoke', { ...api, Headers: { a: 'b' } }))).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: expect.stringMatching(
      /could not be used to start the Task: \[The value of the field 'Headers' has an invalid format\]$/,
    ) as unknown,
  });
  expect(await run(calling('apigateway:invoke', { ...api, Headers: { a: ['b'] } }))).toMatchObject({ status: 'SUCCEEDED' });
  expect(await run(calling('aws-sdk:kms:listKeys', { Limit: 1 }))).toMatchObject({ status: 'SUCCEEDED' });
});
