import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATE_FIELDS } from '../../../lib/asl/state-fields';
import { choiceOperators } from '../../../lib/expressions/choice-operators';
import { intrinsicFunctions } from '../../../lib/expressions/intrinsic/intrinsic-functions';
import { topics } from './topics';
import { statesOf } from './twins';

const definitions = Object.values(topics).flatMap((twins) => twins.map(({ jsonPath }) => jsonPath));
const text = JSON.stringify(definitions);

test('every field that only JSONPath has is in a twin, in every type of state', () => {
  const used = new Set(
    definitions.flatMap(statesOf).flatMap((state) => Object.keys(state).map((field) => `${state.Type} ${field}`)),
  );
  const known = Object.entries(STATE_FIELDS).flatMap(([type, { fields }]) =>
    Object.entries(fields).flatMap(([field, { only }]) => (only === 'JSONPath' ? [`${type} ${field}`] : [])),
  );
  // Those of Distributed Map, which is not simulated yet.
  const distributed = ['Map ToleratedFailureCountPath', 'Map ToleratedFailurePercentagePath'];
  expect(known.filter((field) => !used.has(field))).toEqual(distributed);
});

test('every comparison and every intrinsic function is in a twin', () => {
  const comparisons = Object.entries(choiceOperators).flatMap(([name, { hasPath }]) =>
    hasPath ? [name, `${name}Path`] : [name],
  );
  expect(['And', 'Or', 'Not', ...comparisons].filter((name) => !text.includes(`"${name}":`))).toEqual([]);
  expect(Object.keys(intrinsicFunctions).filter((name) => !text.includes(`${name}(`))).toEqual([]);
});

test('every definition of the examples has its twin', () => {
  const examples = join(__dirname, '../../../examples');
  const here = readdirSync(__dirname).map((file) => readFileSync(join(__dirname, file), 'utf8'));
  const files = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((file) => {
    const isDefinition = () => readFileSync(join(examples, file), 'utf8').includes('"StartAt"');
    return file.endsWith('stack.ts') || (file.endsWith('.json') && isDefinition());
  });
  const without = files.filter((file) => !here.some((source) => source.includes(`examples/${file.replace(/\.ts$/, '')}'`)));
  expect(without.sort()).toEqual([
    'approval/stack.ts', // in JSONata as it is
    'quick-start/stack.ts', // OrderProcessing, as in order-processing/stack.ts
    'throttled-batch/stack.ts', // in JSONata as it is
  ]);
});
