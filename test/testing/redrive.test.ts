import { fails, lambda, service, simulate, StatesError } from '../../lib/testing';
import '../../lib/testing/jest';

const charge = 'arn:aws:lambda:us-east-1:123456789012:function:charge';
const definition = {
  StartAt: 'Number',
  States: {
    Number: { Type: 'Pass', Result: 7, ResultPath: '$.number', Next: 'Charge' },
    Charge: { Type: 'Task', Resource: charge, End: true },
  },
};

test('a run is redriven with other fakes, and goes on where it failed', async () => {
  const run = await simulate(definition, { fakes: [lambda('charge', fails('CardService.Busy'))] });
  const again = await run.redrive({ fakes: [lambda('charge', ({ number }: { readonly number: number }) => ({ paid: number }))] });
  expect(again).toSucceedWith({ paid: 7 });
  expect(again).toMatchObject({ redriveCount: 1, executionArn: run.executionArn });
  expect(again.events.map(({ type }) => type)).toContain('ExecutionRedriven');
  // What came of it before stays as it was.
  expect(run).toMatchObject({ status: 'FAILED', redriveCount: 0 });
  expect(run.events.map(({ type }) => type)).not.toContain('ExecutionRedriven');
});

test('the Context Object counts redrives', async () => {
  const counting = {
    StartAt: 'Charge',
    States: {
      Charge: {
        Type: 'Task',
        Resource: charge,
        ResultSelector: { 'count.$': '$$.Execution.RedriveCount', 'time.$': '$$.Execution.RedriveTime' },
        End: true,
      },
    },
  };
  const run = await simulate(counting, { fakes: [lambda('charge', fails('Busy').times(1).then({}))] });
  expect(await run.redrive()).toSucceedWith({ count: 1, time: '2025-01-01T00:00:00.000Z' });
});

test('what cannot be redriven says why', async () => {
  const succeeded = await simulate(definition, { fakes: [lambda('charge', {})] });
  await expect(succeeded.redrive()).rejects.toThrow(/cannot be redriven: it has succeeded/);
  const failed = await simulate(definition, { fakes: [lambda('charge', fails('Busy').times(1).then({}))] });
  await failed.redrive();
  await expect(failed.redrive()).rejects.toThrow(/redrive the run that came of it/);
  const express = await simulate(definition, { type: 'EXPRESS', fakes: [lambda('charge', fails('Busy'))] });
  await expect(express.redrive()).rejects.toThrow(/it is an Express execution/);
  await expect(failed.redrive({ fake: [] } as never)).rejects.toThrow(/"fake".*fakes/s);
});

test('a run tells of its Map Runs, and of what did not succeed in them', async () => {
  const map = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Label: 'Each',
        ToleratedFailurePercentage: 50,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          StartAt: 'Send',
          States: {
            Send: {
              Type: 'Task',
              Resource: 'arn:aws:states:::sqs:sendMessage',
              Parameters: { QueueUrl: 'q', 'MessageBody.$': '$' },
              End: true,
            },
          },
        },
        End: true,
      },
    },
  };
  const run = await simulate(map, {
    input: ['a', 'b', 'c', 'd'],
    fakes: [
      service('sqs:sendMessage', (request) => {
        const { MessageBody } = request as { readonly MessageBody: string };
        if (MessageBody === 'c') throw new StatesError('SQS.SqsException', 'no c');
        return { MessageId: MessageBody };
      }),
    ],
  });
  expect(run.status).toBe('SUCCEEDED');
  expect(run.mapRuns).toMatchObject([
    {
      mapRunArn: expect.stringContaining(':mapRun:StateMachine/Each:'),
      status: 'SUCCEEDED',
      itemCounts: { total: 4, succeeded: 3, failed: 1, pending: 0, running: 0 },
      executionCounts: { total: 4, succeeded: 3, failed: 1 },
      unsuccessful: [{ status: 'FAILED', input: 'c' }],
    },
  ]);
});
