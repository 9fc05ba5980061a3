import type { Cloud, Resource } from './cloud';
import { lazyFields } from './lazy-fields';
import { readConnection } from './read-connection';
import { readFunction } from './read-function';
import { readMachine } from './read-machine';
import { readTable } from './read-table';
import { resolveIntrinsics } from './resolve-intrinsics';
import { type ResourceReader, readResource } from './resource-reader';
import type { Stack } from './stack';
import { collectAll, naming } from './unresolved';

/** On the way out, when a value cannot be resolved, by resource type. */
const ADVICE: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Or give the simulation a fake of the function, so that its own settings are not needed.',
  'AWS::StepFunctions::StateMachine': 'Or give the simulation the definition itself, as JSON.',
};

/**
 * Reads stacks that belong together: nested ones are found through their parents.
 * @throws SimulatorError if it cannot be told which resources there are, or if names refer to themselves in a circle
 */
export function readStacks(stacks: readonly Stack[]): Cloud {
  const all = stacks.flatMap(withNested);
  const resolver = resolveIntrinsics(all);
  const readers = naming('the template', 'It decides whether a resource is made at all.', () =>
    collectAll(
      all.flatMap((stack) => Object.keys(stack.template.Resources).map((logicalId) => ({ stack, logicalId }))),
      ({ stack, logicalId }) => {
        if (!resolver.exists(stack, logicalId)) return [];
        const advice = ADVICE[stack.template.Resources[logicalId]!.Type] ?? 'Or give the simulation a fake in its place.';
        return [readResource(resolver, stack, logicalId, advice)];
      },
    ).flat(),
  );
  const ofTypes = <T>(types: readonly string[], read: (reader: ResourceReader, name: string, arn: string) => T): T[] =>
    readers.filter((reader) => types.includes(reader.resource.Type)).map((reader) => read(reader, reader.name!, reader.arn()!));
  const every = () => readers;
  return {
    machines: ofTypes(['AWS::StepFunctions::StateMachine'], (...reader) => readMachine(...reader, every)),
    functions: ofTypes(['AWS::Lambda::Function'], (...reader) => readFunction(...reader, every)),
    tables: ofTypes(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], readTable),
    connections: ofTypes(['AWS::Events::Connection'], readConnection),
    resources: readers.map(readAny),
  };
}

/** A parent before the stacks nested in it. */
const withNested = (stack: Stack): Stack[] => [stack, ...[...stack.nested.values()].flatMap(withNested)];

const readAny = (reader: ResourceReader): Resource =>
  lazyFields(
    { ...reader.location, type: reader.resource.Type, name: reader.name },
    {
      ref: () => reader.ref(),
      arn: () => reader.arn(),
      properties: () => reader.allProperties(),
    },
  );
