import simulator from '../../dist/lib/simulator.js';
import { median } from './race.mjs';

const { compile, createWorld, parse } = simulator;

const COUNTS = [10, 1_000, 10_000];
/** Executions in all, whatever the number at once. */
const EXECUTIONS = 20_000;
const ROUNDS = 3;

/** Waits for its token, with a heartbeat and a timeout, and then for a while. */
const definition = {
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
      HeartbeatSeconds: 600,
      TimeoutSeconds: 3600,
      Next: 'Rest',
    },
    Rest: { Type: 'Wait', Seconds: 60, End: true },
  },
};
/** Of each execution. */
const EVENTS = 10;

const machine = {
  name: 'Waits',
  arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Waits',
  roleArn: 'arn:aws:iam::123456789012:role/Waits',
  program: compile(parse(definition)),
};

/** So many executions, all of which wait at once. @param whenAllWait is called then @returns nanoseconds per event */
async function wait(count, whenAllWait = () => undefined) {
  let asked = 0;
  const world = createWorld({
    perform: ({ token }) => {
      world.after(300 + (asked % 100), () => world.sendTaskSuccess(token, 'null'), token);
      if (++asked === count) whenAllWait();
      return { value: { MessageId: 'm' }, durationMs: 0 };
    },
  });
  const started = performance.now();
  const runs = await Promise.all(Array.from({ length: count }, () => world.startExecution(machine, null).run()));
  const seconds = (performance.now() - started) / 1000;
  if (runs.some(({ status, events }) => status !== 'SUCCEEDED' || events.length !== EVENTS))
    throw new Error(`The machine does something else: ${runs[0].status}, ${runs[0].events.length} events.`);
  return (seconds * 1e9) / (count * EVENTS);
}

/** Bytes of the heap for each of so many, its events so far included. */
async function held(count) {
  const before = heapBytes();
  let after = 0;
  await wait(count, () => (after = heapBytes()));
  return (after - before) / count;
}

function heapBytes() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Many executions that wait at the same time. */
export const waiting = {
  title: 'Executions that wait for callbacks and timers at the same time',
  notMeasured: ['rendering histories: done when somebody reads them'],
  async measure() {
    const rows = [];
    for (const count of COUNTS) {
      const nanoseconds = [];
      for (let round = -1; round < ROUNDS; round++)
        for (let done = 0; done < EXECUTIONS; done += count) {
          const measured = await wait(count);
          if (round >= 0) nanoseconds.push(measured);
        }
      rows.push({ name: `${count.toLocaleString('en-US')} at once`, figure: median(nanoseconds), unit: 'ns/event' });
    }
    const most = COUNTS.at(-1);
    return [
      ...rows,
      {
        name: 'the most : the fewest at once',
        figure: rows.at(-1).figure / rows[0].figure,
        unit: 'times',
        target: { atMost: 2 },
      },
      {
        name: `held by each of ${most.toLocaleString('en-US')}`,
        figure: await held(most),
        unit: 'bytes',
        target: { atMost: 1500 },
      },
    ];
  },
};
