import { App } from 'aws-cdk-lib';
import images from '../../../examples/article-as-written/distributed-map.json';
import input from '../../../examples/nightly-batch/input.json';
import { night } from '../../../examples/nightly-batch/night';
import { NightlyBatchStack } from '../../../examples/nightly-batch/stack';
import { bucket, definitionOf, type JsonObject, lambda, simulate } from '../../../lib/testing';
import { type Definition, withEdits } from '../../../examples/article-as-written/with-edits';

/** The same in JSONata. @param edits what stands in place of paths, by JSON Pointer; null: nothing does */
const inJsonata = (definition: Definition, edits: JsonObject): Definition => {
  const edited = withEdits(definition, { '/QueryLanguage': 'JSONata', ...edits });
  const withoutNull = (_: string, value: unknown): unknown => value ?? undefined;
  return JSON.parse(JSON.stringify(edited, withoutNull)) as Definition;
};

test('the nightly batch', async () => {
  const jsonPath = definitionOf(new NightlyBatchStack(new App(), 'Nightly', { toleratedFailurePercentage: 1 }));
  const map = jsonPath.States['SettleAll'] as unknown as {
    readonly ItemReader: { readonly Parameters: { readonly Bucket: string } };
    readonly ItemProcessor: {
      readonly States: { readonly SettleOne: { readonly Parameters: { readonly FunctionName: string } } };
    };
  };
  const task = '/States/SettleAll/ItemProcessor/States/SettleOne';
  const jsonata = inJsonata(jsonPath, {
    '/States/SettleAll/ItemReader/Parameters': null,
    '/States/SettleAll/ItemReader/Arguments': {
      Bucket: map.ItemReader.Parameters.Bucket,
      Key: '{% $states.input.file %}',
    },
    '/States/SettleAll/ToleratedFailurePercentage': '{% 2 / 2 %}',
    [`${task}/Parameters`]: null,
    [`${task}/OutputPath`]: null,
    [`${task}/Arguments`]: {
      FunctionName: map.ItemProcessor.States.SettleOne.Parameters.FunctionName,
      Payload: '{% $states.input %}',
    },
    [`${task}/Output`]: '{% $states.result.Payload %}',
  });
  const runs = await Promise.all(
    [jsonPath, jsonata].map((definition) => simulate(definition, { world: night(600, 1).world, input })),
  );
  expect(runs[0]!.mapRuns).toMatchObject([{ itemCounts: { succeeded: 597, failed: 3 } }]);
  expect(runs[1]!.mapRuns.map(({ itemCounts }) => itemCounts)).toEqual(runs[0]!.mapRuns.map(({ itemCounts }) => itemCounts));
});

test("the article's images", async () => {
  const jsonPath = withEdits(images, { '/States/ProcessImages/End': true });
  const jsonata = inJsonata(jsonPath, {
    '/States/ProcessImages/ItemReader/Parameters': null,
    '/States/ProcessImages/ItemReader/Arguments': images.States.ProcessImages.ItemReader.Parameters,
  });
  const options = {
    buckets: [bucket('my-image-bucket', { list: () => ['uploads/2026-04/a', 'uploads/2026-04/b'], get: () => '' })],
    fakes: [lambda('resize-image', ({ Key }: { readonly Key: string }) => Key)],
  };
  const [one, other] = await Promise.all([simulate(jsonPath, options), simulate(jsonata, options)]);
  expect(one).toMatchObject({ status: 'SUCCEEDED', output: ['uploads/2026-04/a', 'uploads/2026-04/b'] });
  expect(other).toMatchObject({ status: 'SUCCEEDED', output: ['uploads/2026-04/a', 'uploads/2026-04/b'] });
});
