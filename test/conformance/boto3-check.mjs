// What boto3, with which the recordings were made, refuses before it sends: types, least lengths and values. The service never sees such
// requests, and its simulator has no such words. https://github.com/boto/botocore/blob/develop/botocore/validate.py
import requestModel from '../../dist/lib/services/states/request-model.js';

const PYTHON_TYPES = { string: 'str', integer: 'int', float: 'float', boolean: 'bool', list: 'list', structure: 'dict' };

const pythonType = (value) => {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return { string: 'str', boolean: 'bool', object: 'dict' }[typeof value];
};

/** The message of botocore's ParamValidationError; undefined: boto3 would send the request. */
export function boto3Refusal(operation, params) {
  const found = [];
  look(requestModel.REQUESTS[operation], params, '', found);
  return found.length === 0 ? undefined : `Parameter validation failed:\n${found.join('\n')}`;
}

function look(shape, value, name, found) {
  const expected = PYTHON_TYPES[shape.type];
  const type = pythonType(value);
  if (type !== expected && !(expected === 'float' && type === 'int')) {
    const shown = value === null ? 'None' : String(value);
    found.push(
      `Invalid type for parameter ${name}, value: ${shown}, type: <class '${type}'>, valid types: <class '${expected}'>`,
    );
    return;
  }
  const { least } = shape;
  if ((type === 'str' || type === 'list') && least !== undefined && value.length < least)
    found.push(`Invalid length for parameter ${name}, value: ${value.length}, valid min length: ${least}`);
  if ((type === 'int' || type === 'float') && least !== undefined && value < least)
    found.push(`Invalid value for parameter ${name}, value: ${value}, valid min value: ${least}`);
  if (type === 'list') value.forEach((item, index) => look(shape.of, item, `${name}[${index}]`, found));
  if (type !== 'dict') return;
  for (const member of shape.required)
    if (value[member] === undefined) found.push(`Missing required parameter in ${name === '' ? 'input' : name}: "${member}"`);
  for (const [member, inner] of Object.entries(value))
    if (shape.members[member] !== undefined)
      look(shape.members[member], inner, name === '' ? member : `${name}.${member}`, found);
}
