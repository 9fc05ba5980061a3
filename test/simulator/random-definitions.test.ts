import { checkSameWhenCut } from './same-when-cut';

test('sixty random definitions come to the same when they run twice and when they are cut anywhere', async () => {
  await checkSameWhenCut(60, 7);
});
