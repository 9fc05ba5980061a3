import { checkSameWhenCut } from './same-when-cut';

// The same ones each time, so that a change is to blame for what fails. Others, by hand:
// DEFINITIONS=10000 npm run test:long -- test/simulator/random
const DEFINITIONS = process.env['DEFINITIONS'];
const RUNS = Number(DEFINITIONS ?? 1500);

test(
  'fifteen hundred random definitions come to the same when they are cut anywhere',
  async () => {
    await checkSameWhenCut(RUNS, DEFINITIONS === undefined ? 5 : undefined);
  },
  RUNS * 300,
);
