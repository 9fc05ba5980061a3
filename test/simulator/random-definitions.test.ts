import { checkSameWhenCut } from './same-when-cut';

test('a hundred random definitions come to the same when they run twice and when they are cut anywhere', async () => {
  await checkSameWhenCut(100, 7);
});
