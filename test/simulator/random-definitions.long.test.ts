import { checkSameWhenCut } from './same-when-cut';

test('thousands of random definitions, others each time, come to the same when they are cut anywhere', async () => {
  await checkSameWhenCut(3000, undefined);
}, 400_000);
