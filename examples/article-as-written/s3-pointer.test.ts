import { lambda, simulate } from '../../lib/testing';
import '../../lib/testing/jest';
import asWritten from './s3-pointer.json';

const pointer = { processedDataRef: { bucket: 'my-processing-bucket', key: 'results/2026-04/order-12345.json' } };

const process = async (result: unknown) => {
  const useProcessedData = lambda('use-processed-data', { used: true });
  return { run: await simulate(asWritten, { fakes: [lambda('process-data', result), useProcessedData] }), useProcessedData };
};

describe('as written: no defect', () => {
  test('the pointer goes from state to state, however large what it points at', async () => {
    const { run, useProcessedData } = await process(pointer);
    expect(run).toSucceedWith({ used: true });
    expect(useProcessedData).toHaveBeenCalledWith(pointer);
  });
});

describe('what the article warns of: the data itself', () => {
  const inline = (sizeBytes: number) => ({ data: Buffer.alloc(sizeBytes).toString('base64') });

  test('a file of 190 KiB passes, as Base64', async () => {
    expect((await process(inline(190 * 1024))).run).toSucceedWith();
  });

  test('a file of 192 KiB does not: it has 256 KiB as Base64, and JSON comes on top', async () => {
    const { run, useProcessedData } = await process(inline(192 * 1024));
    expect(run).toFailWith('States.DataLimitExceeded', /function:process-data/);
    expect(useProcessedData).not.toHaveBeenCalled();
  });
});
