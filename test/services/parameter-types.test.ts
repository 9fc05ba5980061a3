import { parameterProblems } from '../../lib/services/parameter-types';
import type { ParameterType } from '../../lib/services/parameter-types';
import type { Json } from '../../lib/json/json';

const TYPE: ParameterType = {
  fields: { Text: 'STRING', Count: 'NUMBER', Flag: 'BOOLEAN', Any: 'JSON', Names: { list: 'STRING' }, Tags: { map: 'STRING' } },
  required: ['Text'],
};

test.each<[Json]>([
  [{ Text: '' }],
  [{ Text: 'x', Count: 0, Flag: false, Any: null, Names: [], Tags: {} }],
  [{ Text: 'x', Any: { deep: [1] }, Names: ['a'], Tags: { constructor: 'x' } }],
])('has nothing against %j', (value) => expect(parameterProblems(TYPE, value)).toEqual([]));

test.each<[Json, readonly string[]]>([
  [{}, ["The field 'Text' is required but was missing"]],
  [{ Text: null }, ["The value for the field 'Text' must be a STRING"]],
  [{ Text: 'x', Count: '7' }, ["The value for the field 'Count' must be a NUMBER"]],
  [{ Text: 'x', Flag: 'true' }, ["The value for the field 'Flag' must be a BOOLEAN"]],
  [{ Text: 'x', Names: 'a' }, ["The value for the field 'Names' must be a LIST"]],
  [{ Text: 'x', Names: ['a', 1, null] }, Array<string>(2).fill("The value for the field 'Names' must be a STRING")],
  [{ Text: 'x', Tags: ['a'] }, ["The value for the field 'Tags' must be a MAP"]],
  [{ Text: 'x', Tags: { a: 1 } }, ["The value for the field 'a' must be a STRING"]],
  [{ Text: 'x', text: 'y' }, ['The field "text" is not supported by Step Functions']],
  [{ Text: 'x', toString: 'y' }, ['The field "toString" is not supported by Step Functions']],
  [JSON.parse('{"Text":"x","__proto__":1}') as Json, ['The field "__proto__" is not supported by Step Functions']],
  ['x', ["The value for the field 'Parameters' must be a MAP"]],
  [[], ["The value for the field 'Parameters' must be a MAP"]],
  [null, ["The value for the field 'Parameters' must be a MAP"]],
])('says of %j', (value, problems) => expect(parameterProblems(TYPE, value)).toEqual(problems));
