import { lambda, simulate, takes } from '../../../lib/testing';

const child = { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } };

const map = (rest: object, processor: object = child) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' }, ...processor },
      End: true,
      ...rest,
    },
  },
});

describe('a batch size', () => {
  test.each([
    ['MaxItemsPerBatch', 0, 'MaxItemsPerBatch must be at least 1.'],
    ['MaxItemsPerBatch', -1, 'MaxItemsPerBatch must be at least 1.'],
    ['MaxInputBytesPerBatch', 0, 'MaxInputBytesPerBatch must be between 1 and 262144.'],
    ['MaxInputBytesPerBatch', 262_145, 'MaxInputBytesPerBatch must be between 1 and 262144.'],
  ])('%s of %d fails the state', async (field, size, cause) => {
    const byPath = map({ ItemBatcher: { [`${field}Path`]: '$.size' } });
    const jsonata = {
      QueryLanguage: 'JSONata',
      ...map({ ItemsPath: undefined, Items: '{% $states.input.items %}', ItemBatcher: { [field]: '{% $states.input.size %}' } }),
    };
    for (const definition of [byPath, JSON.parse(JSON.stringify(jsonata)) as typeof byPath]) {
      const run = await simulate(definition, { input: { items: [1, 2], size } });
      expect(run).toMatchObject({
        status: 'FAILED',
        error: expect.stringMatching(/^States\./) as string,
        cause: expect.stringContaining(cause) as string,
      });
      expect(run.assumptions).toContain('batch-size-out-of-range');
    }
  });

  test('within its limits is taken', async () => {
    const run = await simulate(map({ ItemBatcher: { MaxItemsPerBatchPath: '$.size' } }), {
      input: { items: [1, 2, 3], size: 2 },
    });
    expect(run).toMatchObject({ output: [{ Items: [1, 2] }, { Items: [3] }] });
  });
});

describe('that AWS starts children no faster than its quotas say', () => {
  const task = {
    StartAt: 'T',
    States: { T: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', End: true } },
  };
  const assumptionsOf = async (count: number, rest: object = {}) => {
    const fakes = [lambda('f', takes(1, 1))];
    return (await simulate(map(rest, task), { input: { items: Array.from({ length: count }, () => 0) }, fakes })).assumptions;
  };

  test('is named where more start in a second', async () => {
    expect(await assumptionsOf(1_001)).toContain('map-run-start-rate');
  });

  test('is not where it makes no difference', async () => {
    expect(await assumptionsOf(1_000)).not.toContain('map-run-start-rate');
    expect(await assumptionsOf(1_500, { MaxConcurrency: 900 })).not.toContain('map-run-start-rate');
  });
});
