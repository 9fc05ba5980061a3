import { checkSameWhenCut } from './same-when-cut';

test('fifteen hundred random definitions, others each time, come to the same when they are cut anywhere', async () => {
  await checkSameWhenCut(1500, undefined);
}, 400_000);
