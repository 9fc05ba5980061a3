import '../../lib/testing/jest';
import { App, Duration } from 'aws-cdk-lib';
import { simulate, start } from '../../lib/testing';
import { ParcelPickupStack } from './stack';

const { pickups, scans, parcels } = new ParcelPickupStack(new App(), 'ParcelPickup');
const input = { parcelId: 'p-1' };

test('the scan of a courier has the pickup go on', async () => {
  const pickup = start(pickups, { input });
  await pickup.reached('WaitForPickup');
  await pickup.advance(Duration.hours(5));
  const { world } = pickup;
  const scan = await simulate(scans, { world, input: { parcelId: 'p-1', courier: 'Ada' } });

  expect(scan).toSucceedWith({ news: true });
  expect(await pickup.finished()).toSucceedWith({ parcelId: 'p-1', courier: 'Ada' });
  expect(await world.items(parcels)).toEqual([expect.objectContaining({ status: { S: 'PICKED_UP' } })]);
});

test('a second scan changes nothing', async () => {
  const pickup = start(pickups, { input });
  await pickup.reached('WaitForPickup');
  const { world } = pickup;
  await simulate(scans, { world, input: { parcelId: 'p-1', courier: 'Ada' } });
  const again = await simulate(scans, { world, input: { parcelId: 'p-1', courier: 'Bob' } });

  expect(again).toSucceedWith({ news: false });
  expect(await pickup.finished()).toSucceedWith({ parcelId: 'p-1', courier: 'Ada' });
});

test('after two days the scan comes too late, and its function hears so', async () => {
  const pickup = start(pickups, { input });
  await pickup.reached('WaitForPickup');
  await pickup.advance(Duration.days(3));
  const scan = await simulate(scans, { world: pickup.world, input: { parcelId: 'p-1', courier: 'Ada' } });

  expect(scan).toFailWith('TaskTimedOut');
  expect(await pickup.finished()).toFailWith('NobodyCame');
});
