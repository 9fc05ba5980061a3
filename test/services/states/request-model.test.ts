import * as sfn from '@aws-sdk/client-sfn';
import { findClient } from '../../../lib/services/api-model/client';
import { requiredMembers, type Schema } from '../../../lib/services/api-model/schema';
import { isOperation } from '../../../lib/services/states/operations';
import { REQUESTS } from '../../../lib/services/states/request-model';
import type { Shape } from '../../../lib/services/states/shape';
import { NormalizedSchema } from './normalized-schema';

const operations = Object.keys(sfn)
  .filter((name) => name.endsWith('Command') && name !== '$Command')
  .map((name) => name.slice(0, -'Command'.length));

test('every operation of the installed client is there, and no other', () => {
  expect(operations).toHaveLength(37);
  expect(Object.keys(REQUESTS).sort()).toEqual([...operations].sort());
  expect(operations.filter((name) => !isOperation(name))).toEqual([]);
});

/** Members, types and what must be there, as far as a client's schema tells them. */
function outline(schema: Schema): unknown {
  if (schema.isStructSchema())
    return {
      required: [...requiredMembers(schema)].sort(),
      members: Object.fromEntries(Object.entries(schema.getMemberSchemas()).map(([name, member]) => [name, outline(member)])),
    };
  if (schema.isListSchema()) return [outline(schema.getValueSchema())];
  return schema.isStringSchema() ? 'text' : schema.isBooleanSchema() ? 'boolean' : 'number';
}

function outlineOf(shape: Shape): unknown {
  if (shape.type === 'structure')
    return {
      required: [...shape.required].sort(),
      members: Object.fromEntries(Object.entries(shape.members).map(([name, member]) => [name, outlineOf(member)])),
    };
  if (shape.type === 'list') return [outlineOf(shape.of)];
  return { string: 'text', boolean: 'boolean', integer: 'number', float: 'number' }[shape.type];
}

test.each(operations)('%s is asked what the installed client asks', (operation) => {
  const input = NormalizedSchema.of((sfn as unknown as Record<string, unknown>)[`${operation}Input$`]);
  expect(outlineOf(REQUESTS[operation as keyof typeof REQUESTS])).toEqual(outline(input));
});

test('enums are those of the installed client', () => {
  const client = findClient('sfn');
  if (typeof client === 'string') throw new Error(client);
  const enums = new Map<string, readonly string[]>();
  const collect = (shape: Shape): void => {
    if (shape.type === 'structure') for (const member of Object.values(shape.members)) collect(member);
    if (shape.type === 'list') collect(shape.of);
    if (shape.type === 'string' && shape.values !== undefined) enums.set([...shape.values].sort().join(), shape.values);
  };
  for (const shape of Object.values(REQUESTS)) collect(shape);
  const theirs = [
    'StateMachineType',
    'LogLevel',
    'EncryptionType',
    'IncludedData',
    'ExecutionStatus',
    'ExecutionRedriveFilter',
    'InspectionLevel',
    'MockResponseValidationMode',
    'ValidateStateMachineDefinitionSeverity',
  ].map((name) => [...(client.tryFindEnum(name) ?? [])].sort().join());
  expect([...enums.keys()].sort()).toEqual(theirs.sort());
});
