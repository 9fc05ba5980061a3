import { bucket, DefinitionError, lambda, parse, simulate, type TestWorldOptions } from '../../lib/testing';
import '../../lib/testing/jest';
import asWritten from './distributed-map.json';
import { withEdits } from './with-edits';

const refusalOf = (definition: unknown): unknown => {
  try {
    return parse(definition);
  } catch (error) {
    return error;
  }
};

test('as written AWS refuses it: the Map leads nowhere', () => {
  const refused = refusalOf(asWritten);
  expect(refused).toBeInstanceOf(DefinitionError);
  expect((refused as DefinitionError).problems.map(({ location }) => location)).toContain('/States/ProcessImages');
});

const withEnd = withEdits(asWritten, { '/States/ProcessImages/End': true });

describe('with an end', () => {
  test('AWS takes it', () => {
    expect(refusalOf(withEnd)).toMatchObject({ StartAt: 'ProcessImages' });
  });

  const images = (count: number): TestWorldOptions['buckets'] => [
    bucket('my-image-bucket', {
      list: () => Array.from({ length: count }, (_, n) => `uploads/2026-04/${String(n).padStart(3, '0')}.png`),
      get: () => 'pixels',
    }),
  ];
  const resize = (isBroken: (key: string) => boolean) =>
    lambda('resize-image', ({ Key: key }: { readonly Key: string }) => {
      if (isBroken(key)) throw new Error(`${key} is no image`);
      return { thumbnail: key.replace('uploads', 'thumbnails') };
    });

  test('every object is an item', async () => {
    const run = await simulate(withEnd, { buckets: images(40), fakes: [resize(() => false)] });
    expect(run).toSucceedWith(
      expect.arrayContaining([{ thumbnail: 'thumbnails/2026-04/000.png' }, { thumbnail: 'thumbnails/2026-04/039.png' }]),
    );
  });

  test('two of forty may fail, three may not', async () => {
    const broken = (count: number) => resize((key) => Number(/(\d+)\.png$/.exec(key)?.[1]) < count);
    expect((await simulate(withEnd, { buckets: images(40), fakes: [broken(2)] })).status).toBe('SUCCEEDED');
    const run = await simulate(withEnd, { buckets: images(40), fakes: [broken(3)] });
    expect(run).toFailWith('States.ExceedToleratedFailureThreshold');
  });
});
