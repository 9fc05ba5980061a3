import { checkRequest } from '../../../lib/services/states/request-check';
import { REQUESTS } from '../../../lib/services/states/request-model';
import { accountWith, refusal } from './account';

const { call } = accountWith();
const constraint = (what: string) => `1 validation error detected: Value ${what}`;

test.each<[Parameters<typeof call>[0], object, string]>([
  [
    'ListStateMachines',
    { maxResults: 1001 },
    constraint("'1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000"),
  ],
  [
    'ListStateMachines',
    { maxResults: -1 },
    constraint("'-1' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0"),
  ],
  [
    'ListStateMachines',
    { nextToken: '' },
    constraint("'' at 'nextToken' failed to satisfy constraint: Member must have length greater than or equal to 1"),
  ],
  [
    'ListExecutions',
    { statusFilter: 'succeeded' },
    constraint(
      "'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    ),
  ],
  [
    'CreateStateMachineAlias',
    { name: '123', routingConfiguration: [{ stateMachineVersionArn: 'a', weight: 100 }] },
    constraint(
      "'123' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$",
    ),
  ],
  ['CreateActivity', {}, constraint("null at 'name' failed to satisfy constraint: Member must not be null")],
  ['CreateActivity', { name: null }, constraint("null at 'name' failed to satisfy constraint: Member must not be null")],
  [
    'TagResource',
    { resourceArn: 'a', tags: [{ key: 'k' }, { key: '', value: '' }] },
    constraint("'' at 'tags.2.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1"),
  ],
  [
    'StartExecution',
    { stateMachineArn: 'a', input: `"${'é'.repeat(131_072)}"` },
    constraint("at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144"),
  ],
  [
    'CreateStateMachineAlias',
    { name: '?', routingConfiguration: [] },
    "2 validation errors detected: Value '?' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$; Value '[]' at 'routingConfiguration' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
])('%s is refused %j', async (operation, request, message) => {
  expect(await refusal(call(operation, request))).toEqual(['ValidationException', message]);
});

test.each<[object, string]>([
  [{ name: 5 }, 'NUMBER_VALUE can not be converted to a String'],
  [{ name: true }, 'TRUE_VALUE can not be converted to a String'],
  [{ name: ['a'] }, 'Start of list found where not expected'],
  [{ name: { a: 1 } }, 'Start of structure or map found where not expected'],
  [{ name: 'a', tags: {} }, 'Start of structure or map found where not expected'],
  [{ name: 'a', tags: ['x'] }, 'STRING_VALUE can not be converted to a Structure'],
])('CreateActivity is given the wrong type %j', async (request, message) => {
  expect(await refusal(call('CreateActivity', request))).toEqual(['SerializationException', message]);
});

test('what the API does not know, and null, is left out', () => {
  const request = JSON.parse('{"name":"a","tags":null,"__proto__":{"name":"b"},"constructor":1}') as object;
  expect(checkRequest(REQUESTS.CreateActivity, request)).toEqual({ name: 'a' });
});
