import { parse } from '../../lib/asl/parse';
import { compile } from '../../lib/simulator/compile';
import { SimulatorError } from '../../lib/simulator/simulator-error';
import { only } from './run-definition';

const messageOf = (definition: unknown): string => {
  try {
    compile(parse(definition));
  } catch (error) {
    if (error instanceof SimulatorError) return error.message;
    throw error;
  }
  return 'compiled';
};

test('a machine object is compiled once', () => {
  const machine = parse(only({ Type: 'Pass' }));
  expect(compile(machine)).toBe(compile(machine));
  expect(compile(parse(only({ Type: 'Pass' })))).not.toBe(compile(machine));
});

test('an inline Map with what only a Distributed Map has is refused by name, all of it at once, at every depth', () => {
  const map = (inner: string, rest: object) => ({
    Type: 'Map',
    ItemProcessor: { StartAt: inner, States: { [inner]: { Type: 'Pass', End: true } } },
    ...rest,
  });
  const ItemBatcher = { MaxItemsPerBatch: 2 };
  const message = messageOf({
    StartAt: 'Big',
    States: {
      Big: map('Inner', { ItemBatcher, Next: 'Both' }),
      Both: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Nested', States: { Nested: map('Deep', { ItemBatcher, End: true }) } }],
        Next: 'Small',
      },
      Small: map('Item', { End: true }),
    },
  });
  for (const name of ['Big', 'Nested']) expect(message).toContain(`"${name}"`);
  expect(message).not.toMatch(/"(Inner|Deep|Small)"/);
});
