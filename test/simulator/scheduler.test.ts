import type { BranchStart, Effect, Landing, Routine } from '../../lib/simulator/effects';
import type { Correspondence, Ticket } from '../../lib/simulator/frame';
import { Scheduler } from '../../lib/simulator/scheduler';
import type { End, Owner } from '../../lib/simulator/strand';
import { IDLE, TURN } from '../../lib/simulator/effects';

const ticket = (): Ticket => ({ ticket: 0, parked: 'ready' });
const correspondence = (): Correspondence => ({ lastBeatMs: 0, answer: undefined });

const call = (value: unknown, durationMs = 0, more: Partial<Extract<Effect, { kind: 'call' }>> = {}): Effect => ({
  kind: 'call',
  start: () => ({ value: value as never, durationMs }),
  startedMs: 0,
  deadlineMs: Infinity,
  token: undefined,
  correspondence: correspondence(),
  what: 'A call',
  ...more,
});

interface Watched {
  readonly scheduler: Scheduler;
  /** What routines have said, with the virtual time. */
  readonly log: string[];
  readonly ends: End[];
  readonly dropped: string[];
  readonly owner: Owner;
  say(what: unknown): void;
  run(...routines: (() => Routine<unknown>)[]): Promise<void>;
}

function watched(stallMs = 4000, endsMs = Infinity): Watched {
  const scheduler = new Scheduler(0, stallMs);
  const log: string[] = [];
  const ends: End[] = [];
  const dropped: string[] = [];
  const say = (what: unknown): void => void log.push(`${scheduler.epochMs} ${String(what)}`);
  const owner: Owner = {
    endsMs,
    settle: (end) => ends.push(end),
    expire: () => say('expired'),
    drop: (what) => dropped.push(what),
  };
  return {
    scheduler,
    log,
    ends,
    dropped,
    owner,
    say,
    async run(...routines) {
      for (const routine of routines) scheduler.spawn(routine(), ticket(), owner);
      await scheduler.drive();
    },
  };
}

const message = (end: End | undefined): string => (end !== undefined && 'thrown' in end ? String(end.thrown) : 'no error');

describe('(S1) time', () => {
  test('moves from timer to timer, each waking at its own time', async () => {
    const { run, say, log } = watched();
    const sleeper = (name: string, ...untils: number[]) =>
      function* (): Routine<void> {
        for (const untilMs of untils) {
          yield { kind: 'sleep', untilMs };
          say(name);
        }
      };
    await run(sleeper('a', 5, 20), sleeper('b', 10), sleeper('c', 5));
    expect(log).toEqual(['5 a', '5 c', '10 b', '20 a']);
  });

  test('stands still while anybody is idle, who goes on when nobody is ready', async () => {
    const { run, say, log } = watched();
    await run(
      function* () {
        for (const name of ['a', 'b']) {
          yield IDLE;
          say(name);
        }
      },
      function* () {
        for (let turn = 0; turn < 3; turn++) yield TURN;
        say('after three turns');
        yield call('at once');
        say('after a call that answers at once');
        yield { kind: 'sleep', untilMs: 0 };
        say('after all who are idle');
      },
    );
    expect(log).toEqual(['0 after three turns', '0 after a call that answers at once', '0 a', '0 b', '0 after all who are idle']);
  });

  test('stands still while anybody is ready', async () => {
    const { run, say, log } = watched();
    await run(
      function* () {
        for (let turn = 0; turn < 3; turn++) yield TURN;
        say('after three turns');
      },
      function* () {
        yield { kind: 'sleep', untilMs: 1 };
        say('woken');
      },
    );
    expect(log).toEqual(['0 after three turns', '1 woken']);
  });

  test('stands still while a call that is due has not landed, and what is due later waits', async () => {
    const { run, say, log } = watched();
    let answer: (value: string) => void = () => undefined;
    const slow = new Promise<string>((resolve) => (answer = resolve));
    setTimeout(() => answer('slow'), 30);
    await run(
      function* () {
        say(((yield call(slow, 5)) as { value: string }).value);
      },
      function* () {
        yield { kind: 'sleep', untilMs: 6 };
        say('later');
      },
    );
    expect(log).toEqual(['5 slow', '6 later']);
  });

  test('never goes back: what is asked for the past happens now', async () => {
    const { run, say, log } = watched();
    await run(function* () {
      yield { kind: 'sleep', untilMs: 10 };
      yield { kind: 'sleep', untilMs: 3 };
      say('now');
      yield call('x', 2, { startedMs: 1 });
      say('still');
    });
    expect(log).toEqual(['10 now', '10 still']);
  });
});

describe('(S2) landings', () => {
  test('come in the order of starts, whatever real time they took', async () => {
    const { run, say, log } = watched();
    const landing = (name: string, realMs: number) =>
      function* (): Routine<void> {
        const later = new Promise((resolve) => setTimeout(() => resolve(name), realMs));
        say(((yield call(realMs === 0 ? name : later)) as { value: string }).value);
      };
    await run(landing('first', 20), landing('second', 0), landing('third', 5), landing('fourth', 1));
    expect(log).toEqual(['0 first', '0 second', '0 third', '0 fourth']);
  });

  test('an answer that is there at once does not overtake one that is still on its way', async () => {
    const { run, say, log } = watched();
    await run(
      function* () {
        say(((yield call(new Promise((resolve) => setTimeout(() => resolve('first'), 10)))) as { value: string }).value);
      },
      function* () {
        say(((yield call('second')) as { value: string }).value);
      },
    );
    expect(log).toEqual(['0 first', '0 second']);
  });

  test('come after their virtual duration, and after timers that were set before for the same time', async () => {
    const { run, say, log } = watched();
    await run(
      function* () {
        yield { kind: 'sleep', untilMs: 7 };
        say('timer');
      },
      function* () {
        yield call('x', 7);
        say('call');
      },
      function* () {
        yield call('x', 3);
        say('short call');
      },
    );
    expect(log).toEqual(['3 short call', '7 timer', '7 call']);
  });

  test('a rejection lands as an error, an exception too', async () => {
    const { run, say } = watched();
    const landings: Landing[] = [];
    const failing = (start: () => never) =>
      function* (): Routine<void> {
        landings.push((yield { ...call(0), start } as Effect) as Landing);
        say('went on');
      };
    await run(
      failing(() => {
        throw new Error('thrown');
      }),
      function* () {
        landings.push((yield call(Promise.reject(new Error('rejected')))) as Landing);
      },
    );
    expect(landings.map((landing) => landing.kind === 'error' && String(landing.error))).toEqual([
      'Error: thrown',
      'Error: rejected',
    ]);
  });

  test('too late for the deadline, it is a timeout at the deadline', async () => {
    const { run, say, log } = watched();
    await run(function* () {
      const landing = (yield call('x', 10, { deadlineMs: 4 })) as Landing;
      say(landing.kind);
      say(((yield call('y', 6, { startedMs: 4, deadlineMs: 10 })) as Landing).kind);
    });
    expect(log).toEqual(['4 timeout', '10 value']);
  });
});

describe('(S4) joins', () => {
  const branches = (...routines: (() => Routine<boolean>)[]): Iterator<BranchStart> =>
    routines.map((routine) => ({ routine: routine(), ticket: ticket(), joins: false })).values();

  test('end when all branches have, and start no more than the limit', async () => {
    const { run, say, log } = watched();
    const branch = (name: number) =>
      function* (): Routine<boolean> {
        say(`start ${name}`);
        yield { kind: 'sleep', untilMs: (name % 2) + 1 };
        say(`end ${name}`);
        return true;
      };
    await run(function* () {
      say(`joined ${String(yield { kind: 'join', branches: branches(branch(1), branch(2), branch(3)), limit: 2 })}`);
    });
    expect(log).toEqual(['0 start 1', '0 start 2', '1 end 2', '1 start 3', '2 end 1', '2 end 3', '2 joined true']);
  });

  test('without branches end at once', async () => {
    const { run, say, log } = watched();
    await run(function* () {
      say(yield { kind: 'join', branches: branches(), limit: 1 });
    });
    expect(log).toEqual(['0 true']);
  });

  test('end with the first branch that has failed; the others are cancelled, with their calls dropped', async () => {
    const { run, say, log, dropped } = watched();
    await run(function* () {
      say(
        yield {
          kind: 'join',
          branches: branches(
            function* () {
              yield call('x', 100, { what: 'The slow call' });
              say('never');
              return true;
            },
            function* () {
              yield {
                kind: 'join',
                branches: branches(function* () {
                  yield { kind: 'sleep', untilMs: 50 };
                  say('never');
                  return true;
                }),
                limit: 1,
              };
              return true;
            },
            function* () {
              yield { kind: 'sleep', untilMs: 2 };
              return false;
            },
          ),
          limit: 9,
        },
      );
    });
    expect(log).toEqual(['2 false']);
    expect(dropped).toEqual(['The slow call']);
  });

  test('an exception in a branch comes out of the join', async () => {
    const { run, say, log } = watched();
    await run(function* () {
      try {
        yield {
          kind: 'join',
          branches: branches(function* () {
            yield TURN;
            throw new Error('inside');
          }),
          limit: 1,
        };
      } catch (error) {
        say(error);
      }
    });
    expect(log).toEqual(['0 Error: inside']);
  });

  test('branches take turns', async () => {
    const { run, say, log } = watched();
    const turning = (name: string) =>
      function* (): Routine<boolean> {
        for (let turn = 1; turn < 3; turn++) {
          yield TURN;
          say(`${name}${turn}`);
        }
        return true;
      };
    await run(function* () {
      yield { kind: 'join', branches: branches(turning('a'), turning('b'), turning('c')), limit: 3 };
    });
    expect(log).toEqual(['0 a1', '0 b1', '0 c1', '0 a2', '0 b2', '0 c2']);
  });

  test('ten times as many timers at the same time take about ten times as long', async () => {
    const take = async (count: number): Promise<number> => {
      const { run } = watched();
      let woken = 0;
      const sleeper = function* (): Routine<boolean> {
        yield { kind: 'sleep', untilMs: 1000 };
        woken++;
        return true;
      };
      const before = process.hrtime.bigint();
      await run(function* () {
        yield { kind: 'join', branches: branches(...Array.from({ length: count }, () => sleeper)), limit: Infinity };
      });
      expect(woken).toBe(count);
      return Number(process.hrtime.bigint() - before);
    };
    await take(5_000);
    // Were they kept sorted, it would be a hundred times.
    expect((await take(50_000)) / (await take(5_000))).toBeLessThan(50);
  });
});

describe('tokens', () => {
  const waiting = (say: (what: unknown) => void, heard: Correspondence, more: object = {}) =>
    function* (): Routine<void> {
      const lapse = (yield {
        kind: 'waitForToken',
        token: 't',
        deadlineMs: Infinity,
        heartbeatMs: Infinity,
        correspondence: heard,
        what: '"S"',
        ...more,
      }) as unknown;
      say(JSON.stringify(heard.answer ?? lapse));
    };

  test('are answered once, and nobody else is heard', async () => {
    const { run, say, log, scheduler } = watched();
    const answers: boolean[] = [];
    const at = (dueMs: number, action: () => boolean): unknown => scheduler.at(dueMs, ticket(), () => answers.push(action()));
    at(0, () => scheduler.answerToken('other', { kind: 'success', output: 1 }));
    at(3, () => scheduler.answerToken('t', { kind: 'success', output: 'one' }));
    at(3, () => scheduler.answerToken('t', { kind: 'success', output: 'two' }));
    at(3, () => scheduler.beat('t'));
    await run(waiting(say, correspondence()), function* () {
      yield { kind: 'sleep', untilMs: 10 };
    });
    expect(log).toEqual(['3 {"kind":"success","output":"one"}']);
    expect(answers).toEqual([false, true, false, false]);
    expect(scheduler.answerToken('t', { kind: 'success', output: 3 })).toBe(false);
  });

  test('lapse at the deadline', async () => {
    const { run, say, log, scheduler } = watched();
    scheduler.at(4, ticket(), () => scheduler.beat('t'));
    await run(waiting(say, correspondence(), { deadlineMs: 5 }));
    expect(log).toEqual(['5 {"heartbeat":false}']);
  });

  test('lapse when no heartbeat comes; each puts that off, and none puts off the deadline', async () => {
    const { run, say, log, scheduler } = watched();
    for (const dueMs of [3, 6]) scheduler.at(dueMs, ticket(), () => scheduler.beat('t'));
    await run(waiting(say, correspondence(), { heartbeatMs: 4, deadlineMs: 100 }));
    expect(log).toEqual(['10 {"heartbeat":true}']);
  });

  test('may be answered while the call that carries them is under way', async () => {
    const { run, say, log, scheduler } = watched();
    const heard = correspondence();
    scheduler.at(1, ticket(), () => expect(scheduler.answerToken('t', { kind: 'success', output: 'early' })).toBe(true));
    await run(function* () {
      yield call('x', 5, { token: 't', correspondence: heard });
      say('landed');
      yield* waiting(say, heard)();
    });
    expect(log).toEqual(['5 landed', '5 {"kind":"success","output":"early"}']);
  });

  test('are closed when the call that carries them is followed by something else', async () => {
    const { run, scheduler } = watched();
    scheduler.at(5, ticket(), () => expect(scheduler.answerToken('t', { kind: 'success', output: 1 })).toBe(false));
    await run(function* () {
      yield call('x', 1, { token: 't' });
      yield { kind: 'sleep', untilMs: 9 };
    });
    expect.assertions(1);
  });
});

describe('who would wait for ever', () => {
  test('for a token is told what to do', async () => {
    const { run, ends } = watched();
    await run(function* () {
      yield {
        kind: 'waitForToken',
        token: 't',
        deadlineMs: Infinity,
        heartbeatMs: Infinity,
        correspondence: correspondence(),
        what: '"WaitForApproval"',
      };
    });
    expect(message(ends[0])).toBe(
      'SimulatorError: "WaitForApproval" waits for its task token and nothing will send it: send it with sendTaskSuccess or sendTaskFailure, or set TimeoutSeconds.',
    );
  });

  test('for a call is told what to do, and each branch is named', async () => {
    const { run, ends } = watched();
    const stuck = (what: string): BranchStart => ({
      routine: (function* (): Routine<boolean> {
        yield call(null, Infinity, { what });
        return true;
      })(),
      ticket: ticket(),
      joins: false,
    });
    await run(function* () {
      yield { kind: 'join', branches: [stuck('The call of A'), stuck('The call of B')].values(), limit: 2 };
    });
    expect(message(ends[0])).toMatch(
      /^SimulatorError: The call of A never answers, and no TimeoutSeconds .*\nThe call of B never answers/,
    );
  });

  test('does not keep others from their end', async () => {
    const { run, ends } = watched();
    await run(
      function* () {
        yield call(null, Infinity);
      },
      function* () {
        yield { kind: 'sleep', untilMs: 9 };
        return 'well';
      },
    );
    expect(ends[0]).toEqual({ value: 'well' });
    expect(message(ends[1])).toContain('never answers');
  });

  test('for real: a call that stays pending is stopped after the limit and named', async () => {
    const { run, ends } = watched(20);
    await run(
      function* () {
        yield call(new Promise(() => undefined), 0, { what: 'The call of F by "S"' });
      },
      function* () {
        yield { kind: 'sleep', untilMs: 1 };
        return 'well';
      },
    );
    expect(message(ends[0])).toBe(
      'SimulatorError: The call of F by "S" has been pending for 0.02 s of real time, and virtual time waits for it. ' +
        'Make it answer, give it a fake, or raise the limit with the option stallSeconds.',
    );
    expect(ends[1]).toEqual({ value: 'well' });
  });
});

describe('the end of an owner', () => {
  test('comes before what is due later, and not before what is due then', async () => {
    const { run, say, log } = watched(4000, 10);
    await run(function* () {
      yield { kind: 'sleep', untilMs: 10 };
      say('in time');
    });
    expect(log).toEqual(['10 in time']);
    const late = watched(4000, 10);
    late.owner.expire = () => {
      late.say('expired');
      late.scheduler.cancel(strand);
    };
    const strand = late.scheduler.spawn(
      (function* (): Routine<void> {
        yield { kind: 'sleep', untilMs: 11 };
        late.say('too late');
      })(),
      ticket(),
      late.owner,
    );
    await late.scheduler.drive();
    expect(late.log).toEqual(['10 expired']);
  });
});

describe('a deadline', () => {
  const sleeper = (untilMs: number, say: () => void) =>
    (function* (): Routine<void> {
      yield { kind: 'sleep', untilMs };
      say();
    })();

  test('comes before what began to wait later for the same moment', async () => {
    const { scheduler, owner, log, say } = watched();
    const deadline = { dueMs: 10, ticket: ticket(), action: () => (say('time is up'), scheduler.cancel(strand)) };
    const strand = scheduler.spawn(
      sleeper(10, () => say('too late')),
      ticket(),
      owner,
      deadline,
    );
    await scheduler.drive();
    expect(log).toEqual(['10 time is up']);
  });

  test('is forgotten with the routine: time does not go on to it', async () => {
    const { scheduler, owner, log, say } = watched();
    const deadline = { dueMs: 100, ticket: ticket(), action: () => say('time is up') };
    scheduler.spawn(
      sleeper(10, () => say('in time')),
      ticket(),
      owner,
      deadline,
    );
    scheduler.spawn(
      sleeper(200, () => say('another')),
      ticket(),
      owner,
    );
    await scheduler.drive();
    expect(log).toEqual(['10 in time', '200 another']);
  });
});

describe('cancelling', () => {
  test('a routine that is on the stack goes no further than its next effect', async () => {
    const { scheduler, owner, log, say } = watched();
    const cancel = (): void => scheduler.cancel(strand);
    const strand = scheduler.spawn(
      (function* (): Routine<void> {
        cancel();
        say('still here');
        yield { kind: 'sleep', untilMs: 5 };
        say('never');
      })(),
      ticket(),
      owner,
    );
    await scheduler.drive();
    expect(log).toEqual(['0 still here']);
    expect(scheduler.epochMs).toBe(0);
  });

  test('from within its own call: the answer is dropped, and time does not wait for it', async () => {
    const { scheduler, owner, dropped, ends } = watched(50);
    const strand = scheduler.spawn(
      (function* (): Routine<void> {
        yield {
          ...call(0),
          what: 'The last call',
          start: () => (scheduler.cancel(strand), { value: new Promise<null>(() => undefined), durationMs: 3 }),
        } as Effect;
      })(),
      ticket(),
      owner,
    );
    await scheduler.drive();
    expect([dropped, ends, scheduler.epochMs]).toEqual([['The last call'], [], 0]);
  });

  test('while its call is pending wakes the driver at once', async () => {
    const { scheduler, owner } = watched(4000);
    const strand = scheduler.spawn(
      (function* (): Routine<void> {
        yield call(new Promise(() => undefined));
      })(),
      ticket(),
      owner,
    );
    const before = process.hrtime.bigint();
    setTimeout(() => scheduler.cancel(strand), 5);
    await scheduler.drive();
    expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(1000);
  });
});

describe('driving', () => {
  test('what becomes ready while a call is pending runs meanwhile', async () => {
    const { scheduler, owner, say, log, run } = watched();
    const spawnOther = (): void => {
      const other = function* (): Routine<void> {
        yield TURN;
        say('meanwhile');
      };
      scheduler.spawn(other(), ticket(), owner);
    };
    const slow = new Promise((resolve) => {
      setTimeout(() => {
        spawnOther();
        setTimeout(resolve, 5);
      }, 5);
    });
    await run(function* () {
      yield call(slow);
      say('landed');
    });
    expect(log).toEqual(['0 meanwhile', '0 landed']);
  });

  test('twice at a time is one drive, and it can begin anew when it has ended', async () => {
    const { scheduler, owner, log, say } = watched();
    const once = function* (): Routine<void> {
      yield TURN;
      say('ran');
    };
    scheduler.spawn(once(), ticket(), owner);
    const first = scheduler.drive();
    expect(scheduler.drive()).toBe(first);
    await first;
    scheduler.spawn(once(), ticket(), owner);
    await scheduler.drive();
    expect(log).toEqual(['0 ran', '0 ran']);
  });

  test('a timer alone does not keep it going; it fires once something runs again', async () => {
    const { scheduler, run, say, log } = watched();
    scheduler.at(5, ticket(), () => say('timer'));
    const cancelled = scheduler.at(6, ticket(), () => say('cancelled'));
    await scheduler.drive();
    expect(scheduler.epochMs).toBe(0);
    cancelled.cancel();
    await run(function* () {
      yield { kind: 'sleep', untilMs: 8 };
    });
    expect(log).toEqual(['5 timer']);
  });

  test('an exception in a timer reaches whoever drives, and the drive can go on', async () => {
    const { scheduler, run, say, log } = watched();
    scheduler.at(1, ticket(), () => {
      throw new Error('in the timer');
    });
    await expect(
      run(function* () {
        yield { kind: 'sleep', untilMs: 2 };
        say('woken');
      }),
    ).rejects.toThrow('in the timer');
    await scheduler.drive();
    expect(log).toEqual(['2 woken']);
  });
});
