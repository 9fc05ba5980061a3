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

test('what this version does not run is refused by name, all of it at once, at every depth', () => {
  const wide = (inner: string, rest: object) => ({
    Type: 'Map',
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: inner,
      States: { [inner]: { Type: 'Pass', End: true } },
    },
    ...rest,
  });
  const message = messageOf({
    StartAt: 'Big',
    States: {
      Big: wide('Inner', { Next: 'Both' }),
      Both: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Nested', States: { Nested: wide('Deep', { End: true }) } }],
        Next: 'Small',
      },
      Small: { Type: 'Map', ItemProcessor: { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } }, End: true },
    },
  });
  for (const name of ['Big', 'Nested']) expect(message).toContain(`"${name}"`);
  expect(message).not.toMatch(/"(Inner|Deep|Small)"/);
});
