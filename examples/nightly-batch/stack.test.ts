import '../../lib/testing/jest';
import { simulate } from '../../lib/testing';
import input from './input.json';
import { night } from './night';

test('one in two hundred fails, and one in a hundred may: the night succeeds', async () => {
  const { stack, world } = night(1000, 1);
  const run = await simulate(stack, { world, input });

  expect(run.status).toBe('SUCCEEDED');
  expect(run.mapRuns).toMatchObject([{ status: 'SUCCEEDED', itemCounts: { total: 1000, succeeded: 995, failed: 5 } }]);
  const manifest = (await world.objects(stack.results)).find(({ key }) => key.endsWith('/manifest.json'));
  expect(run).toSucceedWith({
    MapRunArn: run.mapRuns[0]!.mapRunArn,
    ResultWriterDetails: { Bucket: expect.any(String), Key: manifest?.key },
  });
  expect(JSON.parse(manifest!.text)).toMatchObject({ ResultFiles: { SUCCEEDED: [{}], FAILED: [{}], PENDING: [] } });
});

test('none in a thousand may fail: the night fails, and its redrive settles only what had not been settled', async () => {
  const { stack, world, busy, calm } = night(1000, 0.1);
  const run = await simulate(stack, { world, input });
  expect(run).toFailWith('States.ExceedToleratedFailureThreshold');
  const { succeeded } = run.mapRuns[0]!.itemCounts;
  expect(busy).toHaveBeenCalledTimes(succeeded + run.mapRuns[0]!.itemCounts.failed);

  const again = await run.redrive({ fakes: [calm] });
  expect(again.mapRuns).toMatchObject([{ status: 'SUCCEEDED', redriveCount: 1, itemCounts: { total: 1000, succeeded: 1000 } }]);
  expect(calm).toHaveBeenCalledTimes(1000 - succeeded);
});
