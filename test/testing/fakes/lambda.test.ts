import { findFunction } from '../../../lib/cloud/find-in-cloud';
import { cloudOf, createTestWorld, fails, lambda, simulate, SimulatorError, StatesError } from '../../../lib/testing';
import { inARow, invoke } from '../definitions';
import { ShopStack } from '../shop-stack';

const shop = new ShopStack();
const ARN = findFunction(cloudOf(shop), 'Shop/Quote').arn;

describe('a fake takes the place of a function', () => {
  test.each([
    ['its construct', shop.quote],
    ['its construct path', 'Shop/Quote'],
    ['its logical id', shop.getLogicalId(shop.quote.node.defaultChild as never)],
    ['its ARN', ARN],
    ['the ARN of a version of it', `${ARN}:$LATEST`],
  ])('named by %s', async (_, target) => {
    const run = await simulate(shop, { input: { items: 2 }, fakes: [lambda(target, { price: 1 })] });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { shipped: true, price: 1 }, unusedFakes: [] });
  });

  test('named by its name, where there is no template', async () => {
    const definition = inARow({ A: invoke('arn:aws:lambda:us-east-1:123456789012:function:quote'), B: invoke('quote:live') });
    const run = await simulate(definition, { fakes: [lambda('quote', { price: 1 })] });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { price: 1 } });
  });

  test('that is invoked by the SDK integration: its answer is text there, and its failure no failure of the task', async () => {
    const sdk = {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:lambda:invoke',
      Parameters: { FunctionName: 'quote', Payload: { items: 3 } },
    };
    const quote = lambda('quote', fails('Busy').times(1).then({ price: 1 }));
    const run = await simulate(inARow({ A: { ...sdk, ResultPath: '$.a' }, B: { ...sdk, ResultPath: '$.b' } }), {
      input: {},
      fakes: [quote],
    });
    expect(run).toMatchObject({
      status: 'SUCCEEDED',
      output: { a: { StatusCode: 200, FunctionError: 'Unhandled' }, b: { StatusCode: 200, Payload: '{"price":1}' } },
    });
    expect(quote.calls).toMatchObject([{ request: { items: 3 } }, { request: { items: 3 } }]);
  });

  test("that is invoked by the function's ARN as Resource", async () => {
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:quote';
    const run = await simulate(inARow({ A: { Type: 'Task', Resource: arn } }), {
      input: { items: 3 },
      fakes: [lambda(arn, ({ items }: { items: number }) => ({ price: items * 2 }))],
    });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { price: 6 } });
  });

  test('and no other function', async () => {
    const run = await simulate(inARow({ A: invoke('quote') }), {
      fakes: [lambda('quotes', 1), lambda('quote', 2), lambda('a-quote', 3)],
    });
    expect(run).toMatchObject({ output: 2, unusedFakes: ["lambda('quotes')", "lambda('a-quote')"] });
  });

  test('which the stack must have', async () => {
    await expect(simulate(shop, { fakes: [lambda('Quot', 1)] })).rejects.toThrow(
      "lambda('Quot') is the fake of a function that the stack does not have. It has: Shop/Quote/Resource, Shop/Ship/Resource.",
    );
  });

  test('which must belong to the same app as a construct', async () => {
    const stranger = new ShopStack(undefined, 'Stranger');
    await expect(simulate(shop, { fakes: [lambda(stranger.quote, 1)] })).rejects.toThrow(
      "lambda('Stranger/Quote') is the fake of a function",
    );
    await expect(simulate(inARow({ A: invoke('quote') }), { fakes: [lambda(stranger.quote, 1)] })).rejects.toThrow(
      'It has: none.',
    );
  });
});

describe('of several fakes', () => {
  test('the later one wins, and the others are named in the run', async () => {
    const fakes = [lambda(shop.quote, { price: 1 }), lambda('Shop/Quote', { price: 2 }), lambda(shop.ship, { shipped: 'later' })];
    const run = await simulate(shop, { input: { items: 1 }, fakes });
    expect(run).toMatchObject({ output: { shipped: 'later' }, unusedFakes: ["lambda('Shop/Quote')"] });
  });
});

describe('what a fake is given', () => {
  test('is the payload, and the call behind it', async () => {
    const seen: unknown[] = [];
    const ship = lambda(shop.ship, (event: unknown, { state, attempt }) => {
      seen.push({ event, state, attempt });
      return 'ok';
    });
    await simulate(shop, { input: { items: 2 }, fakes: [ship] });
    expect(seen).toEqual([{ event: { price: 14 }, state: 'SendParcel', attempt: 0 }]);
    expect(ship.calls).toMatchObject([
      { request: { price: 14 }, state: 'SendParcel', attempt: 0, at: new Date('2025-01-01T01:00:00Z') },
    ]);
  });

  test('is its own copy: what it does to it changes nothing else', async () => {
    const spoil = lambda('f', (event: { items: number[] }) => {
      event.items.push(2);
      return event;
    });
    const definition = inARow({ A: invoke('f', { ResultPath: '$.result', OutputPath: '$' }) });
    const run = await simulate(definition, { input: { items: [1] }, fakes: [spoil] });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { items: [1], result: { Payload: { items: [1, 2] } } } });
    expect(spoil).toHaveBeenCalledWith({ items: [1] });
  });

  test.each([
    ['an empty object without Payload', { FunctionName: 'f' }, {}],
    ['null with a null Payload', { FunctionName: 'f', Payload: null }, null],
    ['0 with a Payload of 0', { FunctionName: 'f', Payload: 0 }, 0],
  ])('is %s', async (_, Parameters, event) => {
    const fake = lambda('f', 1);
    await simulate(inARow({ A: invoke('f', { Parameters }) }), { fakes: [fake] });
    expect(fake).toHaveBeenCalledWith(event);
  });
});

describe('what a fake answers', () => {
  const answerOf = async (answer: unknown): Promise<unknown> => {
    const run = await simulate(inARow({ A: invoke('f') }), { fakes: [lambda('f', () => answer)] });
    return run.status === 'SUCCEEDED' ? run.output : run;
  };

  test.each([
    ['undefined becomes null', undefined, null],
    ['a Date becomes its text', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
    ['a field that is undefined is left out', { a: undefined, b: 1 }, { b: 1 }],
    ['0, false, the empty string and null stay', [0, false, '', null], [0, false, '', null]],
    ['NaN becomes null', NaN, null],
    ['toJSON is asked', { toJSON: () => 'me' }, 'me'],
  ])('passes through JSON: %s', async (_, answer, output) => {
    expect(await answerOf(answer)).toEqual(output);
  });

  test('may come later in real time', async () => {
    expect(await answerOf(new Promise((resolve) => setImmediate(() => resolve('late'))))).toBe('late');
    expect(await answerOf({ then: (resolve: (value: string) => void) => resolve('thenable') })).toBe('thenable');
  });

  test.each([
    ['a BigInt', 1n, 'BigInt'],
    ['a cycle', Object.assign([], { 0: 1 }).concat([]), undefined],
  ])('%s is refused where JSON cannot carry it', async (_, answer, message) => {
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    const value = message === undefined ? cyclic : answer;
    await expect(answerOf(value)).rejects.toThrow(SimulatorError);
    await expect(answerOf(value)).rejects.toThrow("lambda('f') answered with something that JSON cannot carry");
  });

  test('which is a constant is checked where the fake is made', () => {
    expect(() => lambda('f', { price: 1n })).toThrow("the answer of lambda('f')");
    expect(() => lambda('f', { at: new Date() })).toThrow('found an instance of Date');
  });

  test.each([
    ['returned', () => fails('X')],
    ['returned from an asynchronous function', () => Promise.resolve<unknown>(fails('X'))],
  ])('a script that is %s is refused: it says what to do', async (_, answer) => {
    await expect(simulate(inARow({ A: invoke('f') }), { fakes: [lambda('f', answer)] })).rejects.toThrow(
      'A script such as fails(…) was awaited or returned from a function. Pass it to the fake as it is, or throw a StatesError.',
    );
  });
});

describe('what a fake throws becomes the Error Output, as in Lambda', () => {
  const failureOf = async (answer: () => unknown): Promise<unknown> => {
    const run = await simulate(inARow({ A: invoke('f') }), { fakes: [lambda('f', answer)] });
    return run.status === 'SUCCEEDED' ? run : { error: run.error, cause: run.cause };
  };
  class OutOfStock extends Error {
    override readonly name = 'OutOfStock';
  }
  const raise = (error: unknown) => () => {
    throw error;
  };

  test.each<[string, unknown, object]>([
    ['an Error', new TypeError('no price'), { errorType: 'TypeError', errorMessage: 'no price' }],
    ['an Error of its own class', new OutOfStock('none left'), { errorType: 'OutOfStock', errorMessage: 'none left' }],
    ['a string', 'broken', { errorType: 'string', errorMessage: 'broken' }],
    ['a number', 0, { errorType: 'number', errorMessage: '0' }],
  ])('%s', async (_, thrown, payload) => {
    for (const answer of [raise(thrown), () => Promise.reject(thrown)]) {
      const { error, cause } = (await failureOf(answer)) as { error: string; cause: string };
      expect(error).toBe((payload as { errorType: string }).errorType);
      expect(JSON.parse(cause)).toMatchObject(payload);
    }
  });

  test('a StatesError is taken as it is', async () => {
    expect(await failureOf(raise(new StatesError('Lambda.TooManyRequestsException', 'slow down')))).toEqual({
      error: 'Lambda.TooManyRequestsException',
      cause: 'slow down',
    });
  });

  test('a SimulatorError ends the simulation', async () => {
    await expect(failureOf(raise(new SimulatorError('not this way')))).rejects.toThrow('not this way');
    await expect(failureOf(() => Promise.reject(new SimulatorError('nor this')))).rejects.toThrow('nor this');
  });
});

describe("Jest's matchers for mocks hold for fakes", () => {
  test('toHaveBeenCalledTimes, …With, …LastCalledWith and .not', async () => {
    const quote = lambda(shop.quote, { price: 5 });
    const unused = lambda('Shop/Quote', 1);
    expect(quote).not.toHaveBeenCalled();
    await simulate(shop, { input: { items: 2 }, fakes: [unused, quote] });
    expect(quote).toHaveBeenCalledTimes(1);
    expect(quote).toHaveBeenCalledWith({ items: 2 });
    expect(quote).toHaveBeenLastCalledWith(expect.objectContaining({ items: 2 }));
    expect(quote).not.toHaveBeenCalledWith({ items: 3 });
    expect(unused).not.toHaveBeenCalled();
    expect(() => expect(quote).toHaveBeenCalledTimes(2)).toThrow("lambda('Shop/Quote')");
  });

  test('count the calls of all simulations', async () => {
    const quote = lambda(shop.quote, { price: 5 });
    await simulate(shop, { fakes: [quote] });
    await simulate(shop, { fakes: [quote] });
    expect(quote).toHaveBeenCalledTimes(2);
  });

  test('a fake itself is not to be called', async () => {
    const quote = lambda(shop.quote, 1);
    expect(() => quote()).toThrow(
      'lambda(\'Shop/Quote\') is a fake: pass it to simulate(…) in "fakes". Only the workflow calls it.',
    );
    await expect(simulate(shop, { fakes: [lambda(shop.ship, quote)], input: { items: 1 } })).rejects.toThrow(
      'Only the workflow calls it.',
    );
  });
});

describe('a function that is invoked asynchronously', () => {
  const invoking = (InvocationType: string) =>
    inARow({
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: 'quote', Payload: { items: 2 }, InvocationType },
      },
    });

  test('is accepted at once, asked later, and tried twice more where it fails', async () => {
    const quote = lambda('quote', fails('Busy').times(2).then({ price: 1 }));
    const world = createTestWorld(undefined, { fakes: [quote] });
    const run = await simulate(invoking('Event'), { world });
    expect(run).toMatchObject({ output: { StatusCode: 202, Payload: '' }, durationMs: 0, unusedFakes: [] });
    await world.settled();
    const begun = run.startDate.getTime();
    expect(quote.calls.map(({ request, at }) => [request, at.getTime() - begun])).toEqual([
      [{ items: 2 }, 0],
      [{ items: 2 }, 60_000],
      [{ items: 2 }, 180_000],
    ]);
  });

  test('is not asked in a DryRun', async () => {
    const quote = lambda('quote', 1);
    expect(await simulate(invoking('DryRun'), { fakes: [quote] })).toMatchObject({ output: { StatusCode: 204 } });
    expect(quote).not.toHaveBeenCalled();
  });

  test('and is not there, stops the run', async () => {
    await expect(simulate(invoking('Event'), { fakes: [lambda('other', 1)] })).rejects.toThrow(
      `"Ask" invokes the function quote, which is not in the stack. Add a fake: lambda('quote', …).`,
    );
  });
});
