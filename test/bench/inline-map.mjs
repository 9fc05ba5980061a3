import simulator from '../../dist/lib/simulator.js';
import { awsLocalStepFunctionsContender } from './order/aws-local-stepfunctions.mjs';
import { median, race, ratio } from './race.mjs';

const { compile, createWorld, parse } = simulator;

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:work';
const work = (item) => item + 1;

const definition = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: { StartAt: 'Work', States: { Work: { Type: 'Task', Resource: FUNCTION, End: true } } },
      End: true,
    },
  },
};

const machineOf = (type) => ({
  name: 'Batch',
  arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Batch',
  roleArn: 'arn:aws:iam::123456789012:role/Batch',
  type,
  program: compile(parse(definition, { type })),
});

/** Runs the Map over so many items. */
const simulated = (type, items) => {
  const machine = machineOf(type);
  return async () => {
    const world = createWorld({ perform: ({ parameters }) => ({ value: work(parameters), durationMs: 0 }) });
    const run = await world.startExecution(machine, items).run();
    if (run.output?.length !== items.length || run.output.at(-1) !== items.length) throw new Error(`The Map fails: ${run.cause}`);
    return run;
  };
};

/** What everybody could write. */
const byHand = (items) => async () => Promise.all(items.map(async (item) => work(item)));

const EXPRESS = 10_000;
/** With five events each and its own, they fill a history of 25,000. */
const STANDARD = 3_500;

/** Inline Maps with one task for each item. */
export const inlineMap = {
  title: `Inline Map: ${EXPRESS.toLocaleString('en-US')} items in an Express machine, ${STANDARD.toLocaleString('en-US')} in a Standard one, one task each`,
  notMeasured: [
    'parsing and compiling: once, before the clock starts; making a world for each execution is measured',
    'rendering the history: done when somebody reads it',
    'aws-local-stepfunctions: two events per state and none for tasks',
  ],
  async measure() {
    return [...(await rows('EXPRESS', EXPRESS, { atMost: 40 })), ...(await rows('STANDARD', STANDARD))];
  },
};

async function rows(type, count, target) {
  const items = Array.from({ length: count }, (_, index) => index);
  const ours = simulated(type, items);
  const local = await awsLocalStepFunctionsContender({ definition }, { Work: work }, items);
  const { output } = await local('e');
  if (output.length !== count || output.at(-1) !== count) throw new Error('aws-local-stepfunctions does something else.');
  const contenders = {
    ours: { run: ours, times: 5 },
    local: { run: () => local('e'), times: 1 },
    hand: { run: byHand(items), times: 20 },
  };
  const measured = await race(contenders, { rounds: 3, warmUps: 1 });
  const label = type === 'EXPRESS' ? 'Express' : 'Standard';
  return [
    {
      name: `${label}: simulator`,
      figure: median(measured.ours) / 1000,
      unit: 'ms',
      ...(target === undefined ? {} : { target }),
    },
    { name: `${label}: a loop by hand`, figure: median(measured.hand) / 1000, unit: 'ms' },
    {
      name: `${label}: simulator : aws-local-stepfunctions`,
      figure: ratio(measured.local, measured.ours),
      unit: 'times as fast',
      target: { atLeast: 10 },
    },
  ];
}
