import type { Json } from '../../lib/json/json';
import type { InspectionData } from '../../lib/test-state/response';
import { testState } from '../../lib/test-state/test-state';
import type { StateConfiguration } from '../../lib/test-state/request';

const each = { StartAt: 'Each', States: { Each: { Type: 'Pass', End: true } } };
const distributed = { ...each, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
const inline = { Type: 'Map', ItemsPath: '$.lines', ItemProcessor: each, End: true };
const jsonata = {
  Type: 'Map',
  QueryLanguage: 'JSONata',
  Items: '{% $states.input.lines %}',
  ItemProcessor: distributed,
  End: true,
};
const input = { lines: ['a', 'b', 'c'], most: 2 };
const mock = { result: [1, 2, 3] };

async function inspect(definition: object, given: Json = input, stateConfiguration?: StateConfiguration) {
  const { inspectionData, status, error, cause } = await testState({
    definition,
    input: given,
    mock,
    inspectionLevel: 'DEBUG',
    ...(stateConfiguration === undefined ? {} : { stateConfiguration }),
  });
  const parsed = (stage: keyof InspectionData): Json | undefined => {
    const text = inspectionData?.[stage];
    return typeof text === 'string' ? (JSON.parse(text) as Json) : undefined;
  };
  return { status, error, cause, data: inspectionData ?? {}, parsed };
}

describe('the data of a Map', () => {
  test('items, concurrency and the mocked result', async () => {
    const { data } = await inspect({ ...inline, MaxConcurrencyPath: '$.most', ResultPath: '$.done' });
    expect(data).toEqual({
      input: JSON.stringify(input),
      afterInputPath: JSON.stringify(input),
      afterItemsPath: '["a","b","c"]',
      maxConcurrency: 2,
      afterResultSelector: '[1,2,3]',
      afterResultPath: JSON.stringify({ ...input, done: [1, 2, 3] }),
    });
  });

  test('ItemSelector sees the item and the effective input', async () => {
    const selector = { 'line.$': '$$.Map.Item.Value', 'at.$': '$$.Map.Item.Index', 'first.$': '$.lines[0]' };
    const { parsed } = await inspect({ ...inline, InputPath: '$', ItemSelector: selector });
    expect(parsed('afterItemSelector')).toEqual([
      { line: 'a', at: 0, first: 'a' },
      { line: 'b', at: 1, first: 'a' },
      { line: 'c', at: 2, first: 'a' },
    ]);
  });

  test('a Distributed Map goes over an object, an inline one does not', async () => {
    const over = { lines: { x: 1, y: 2 } };
    const ItemSelector = { k: '{% $states.context.Map.Item.Key %}', v: '{% $states.context.Map.Item.Value %}' };
    const { parsed } = await inspect({ ...jsonata, ItemSelector }, over);
    expect(parsed('afterItemSelector')).toEqual([
      { k: 'x', v: 1 },
      { k: 'y', v: 2 },
    ]);
    expect(await inspect({ ...jsonata, ItemProcessor: each }, over)).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
    expect(await inspect(inline, { lines: 5 })).toMatchObject({
      status: 'FAILED',
      cause: 'Reference path "$.lines" must point to array.',
    });
  });

  test('batches hold as many items as both limits let', async () => {
    const batched = (ItemBatcher: object) => inspect({ ...jsonata, ItemBatcher });
    expect(
      (await batched({ MaxItemsPerBatch: 2, BatchInput: { most: '{% $states.input.most %}' } })).parsed('afterItemBatcher'),
    ).toEqual([
      { BatchInput: { most: 2 }, Items: ['a', 'b'] },
      { BatchInput: { most: 2 }, Items: ['c'] },
    ]);
    // {"Items":["a","b"]} has 19 bytes.
    expect((await batched({ MaxInputBytesPerBatch: 19 })).parsed('afterItemBatcher')).toEqual([
      { Items: ['a', 'b'] },
      { Items: ['c'] },
    ]);
    expect((await batched({ MaxInputBytesPerBatch: 18 })).parsed('afterItemBatcher')).toHaveLength(3);
  });

  test('what its ItemReader reads comes with the request', async () => {
    const reader = (config: object) => ({
      Type: 'Map',
      ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'b', Key: 'k' }, ReaderConfig: config },
      ItemProcessor: distributed,
      ItemSelector: { 'it.$': '$$.Map.Item.Value' },
      End: true,
    });
    const read = async (config: object, mapItemReaderData: Json) => {
      const { parsed, ...rest } = await inspect(reader(config), {}, { mapItemReaderData });
      return { ...rest, items: parsed('afterItemSelector'), pointed: parsed('afterItemsPointer') };
    };
    expect(await read({ InputType: 'JSON' }, '[1, 2]')).toMatchObject({ items: [{ it: 1 }, { it: 2 }] });
    expect(await read({ InputType: 'JSON', MaxItems: 1 }, [1, 2])).toMatchObject({ items: [{ it: 1 }] });
    expect(await read({ InputType: 'JSON', ItemsPointer: '/a~1b/0' }, { 'a/b': [[7]] })).toMatchObject({
      items: [{ it: 7 }],
      pointed: [7],
    });
    expect(await read({ InputType: 'JSONL' }, '{"a":1}\n{"a":2}\n')).toMatchObject({
      items: [{ it: { a: 1 } }, { it: { a: 2 } }],
    });
    expect(await read({ InputType: 'JSON' }, '5')).toMatchObject({
      status: 'FAILED',
      error: 'States.ItemReaderFailed',
      cause: 'Attempting to map over non-iterable node.',
    });
    await expect(read({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }, 'a,b\n1,2')).rejects.toThrow(
      'Give the items as a JSON array',
    );
  });
});

describe('failed iterations', () => {
  const failing = (definition: object, mapIterationFailureCount: number) =>
    inspect(definition, input, { mapIterationFailureCount });

  test.each([
    [{}, 3, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1 }, 1, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1 }, 2, 'FAILED'],
    [{ ToleratedFailureCount: 0 }, 1, 'FAILED'],
    [{ ToleratedFailurePercentage: 34 }, 1, 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 33 }, 1, 'FAILED'],
    [{ ToleratedFailureCount: 3, ToleratedFailurePercentage: 50 }, 2, 'FAILED'],
    [{ ToleratedFailureCount: '{% $states.input.most %}' }, 2, 'SUCCEEDED'],
  ])('with %j, %d of three: %s', async (limits, failures, status) => {
    const response = await failing({ ...jsonata, ...limits }, failures);
    expect(response.status).toBe(status);
    if (status === 'FAILED') expect(response).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
  });

  test('the limits are told', async () => {
    const { data } = await failing({ ...jsonata, ToleratedFailureCount: 2, ToleratedFailurePercentage: 70.5 }, 0);
    expect(data).toMatchObject({ toleratedFailureCount: 2, toleratedFailurePercentage: 70.5, maxConcurrency: 0 });
  });

  test.each([
    [{ ToleratedFailureCountPath: '$.n' }, -1, 'ToleratedFailureCount cannot be negative.'],
    [{ ToleratedFailurePercentagePath: '$.n' }, 101, 'ToleratedFailurePercentage must be between 0 and 100.'],
    [
      { ToleratedFailureCountPath: '$.n' },
      'x',
      'The ToleratedFailureCountPath field refers to value "x" which is not a valid integer: $.n',
    ],
    [
      { ToleratedFailurePercentagePath: '$.n' },
      {},
      'The ToleratedFailurePercentagePath field refers to value "{}" which is not a valid float: $.n',
    ],
  ])('%j of %j fails the state', async (limits, n, cause) => {
    const definition = { Type: 'Map', ItemsPath: '$.lines', ItemProcessor: distributed, ...limits, End: true };
    expect(await inspect(definition, { ...input, n })).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause });
  });
});
