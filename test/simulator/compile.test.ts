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
  const task = (resource: string) => ({ Type: 'Task', Resource: resource, Next: 'End' });
  const message = messageOf({
    StartAt: 'Activity',
    States: {
      Activity: { ...task('arn:aws:states:us-east-1:123456789012:activity:a'), Next: 'Big' },
      Big: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Inner',
          States: { Inner: { Type: 'Pass', End: true } },
        },
        Next: 'Both',
      },
      Both: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Nested',
            States: {
              Nested: {
                ...task('arn:aws:states:us-east-1:123456789012:activity:b'),
                Next: 'NestedEnd',
              },
              NestedEnd: { Type: 'Succeed' },
            },
          },
        ],
        Next: 'End',
      },
      End: { Type: 'Succeed' },
    },
  });
  for (const name of ['Activity', 'Big', 'Nested']) expect(message).toContain(`"${name}"`);
  expect(message).not.toContain('"Inner"');
});
