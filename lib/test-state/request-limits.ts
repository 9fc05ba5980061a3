import { FIELD_VALIDATION_MODES } from '../services/api-model/check-response';
import { validationException } from './test-state-error';

/** What one parameter of the request may be. JSON: text or a value. */
type Parameter =
  | { readonly type: 'string'; readonly least?: number; readonly most?: number; readonly values?: readonly string[] }
  | { readonly type: 'json'; readonly least?: number; readonly most: number }
  | { readonly type: 'integer'; readonly least: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'structure'; readonly members: Parameters; readonly required?: readonly string[] };
type Parameters = Readonly<Record<string, Parameter>>;

const PAYLOAD = { type: 'json', most: 262_144 } as const;
const STATE_NAME = { type: 'string', least: 1, most: 80 } as const;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html#API_TestState_RequestParameters */
const REQUEST: Parameter = {
  type: 'structure',
  required: ['definition'],
  members: {
    definition: { type: 'json', least: 1, most: 1_048_576 },
    roleArn: { type: 'string', least: 1, most: 256 },
    input: PAYLOAD,
    inspectionLevel: { type: 'string', values: ['INFO', 'DEBUG', 'TRACE'] },
    revealSecrets: { type: 'boolean' },
    variables: PAYLOAD,
    stateName: STATE_NAME,
    mock: {
      type: 'structure',
      members: {
        result: PAYLOAD,
        errorOutput: {
          type: 'structure',
          members: { error: { type: 'string', most: 256 }, cause: { type: 'string', most: 32_768 } },
        },
        fieldValidationMode: { type: 'string', values: FIELD_VALIDATION_MODES },
      },
    },
    context: PAYLOAD,
    stateConfiguration: {
      type: 'structure',
      members: {
        retrierRetryCount: { type: 'integer', least: 0 },
        errorCausedByState: STATE_NAME,
        mapIterationFailureCount: { type: 'integer', least: 0 },
        mapItemReaderData: PAYLOAD,
      },
    },
  },
};

/**
 * Refuses a request with parameters that the API does not have, or that are too long, too small or of the wrong type; all at once. What
 * an SDK finds before it calls (recorded: boto3) comes before what the service finds.
 * @throws TestStateError
 */
export function checkRequestLimits(request: unknown): void {
  const found: Found = { client: [], service: [] };
  check(request, REQUEST, '', found);
  if (found.client.length > 0) throw validationException(`Parameter validation failed:\n${found.client.join('\n')}`);
  const { length } = found.service;
  if (length > 0)
    throw validationException(`${length} validation error${length > 1 ? 's' : ''} detected: ${found.service.join('; ')}`);
}

interface Found {
  readonly client: string[];
  readonly service: string[];
}

function check(value: unknown, parameter: Parameter, path: string, found: Found): void {
  const wrongType = (expected: string): void =>
    void found.client.push(
      `Invalid type for parameter ${path === '' ? 'input' : path}, value: ${String(value)}, type: ${typeName(value)}, valid types: ${expected}`,
    );
  switch (parameter.type) {
    case 'boolean':
      if (typeof value !== 'boolean') wrongType('boolean');
      return;
    case 'integer':
      if (!Number.isInteger(value)) wrongType('integer');
      else if ((value as number) < parameter.least)
        found.client.push(`Invalid range for parameter ${path}, value: ${String(value)}, valid min value: ${parameter.least}`);
      return;
    case 'string':
      return typeof value === 'string' ? checkText(value, parameter, path, found) : wrongType('string');
    case 'json':
      return typeof value === 'string' ? checkText(value, parameter, path, found) : undefined;
    case 'structure':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? checkMembers(value as Readonly<Record<string, unknown>>, parameter, path, found)
        : wrongType('object');
  }
}

function checkMembers(
  value: Readonly<Record<string, unknown>>,
  { members, required = [] }: Extract<Parameter, { type: 'structure' }>,
  path: string,
  found: Found,
): void {
  const where = path === '' ? 'input' : path;
  for (const name of required)
    if (value[name] === undefined) found.client.push(`Missing required parameter in ${where}: "${name}"`);
  for (const [name, member] of Object.entries(value)) {
    const parameter = Object.hasOwn(members, name) ? members[name] : undefined;
    if (parameter === undefined)
      found.client.push(
        `Unknown parameter in ${where}: "${name}", must be one of: ${Object.keys(members)
          .map((known) => `"${known}"`)
          .join(', ')}`,
      );
    else if (member !== undefined) check(member, parameter, path === '' ? name : `${path}.${name}`, found);
  }
}

interface TextLimits {
  readonly least?: number;
  readonly most?: number;
  readonly values?: readonly string[];
}

function checkText(value: string, { least, most, values }: TextLimits, path: string, found: Found): void {
  const length = Buffer.byteLength(value);
  if (least !== undefined && length < least)
    found.client.push(`Invalid length for parameter ${path}, value: ${length}, valid min length: ${least}`);
  const refuse = (constraint: string, shown: string): void =>
    void found.service.push(`Value ${shown}at '${path}' failed to satisfy constraint: Member must ${constraint}`);
  if (most !== undefined && length > most) refuse(`have length less than or equal to ${most}`, '');
  if (values !== undefined && !values.includes(value)) refuse(`satisfy enum value set: [${values.join(', ')}]`, `'${value}' `);
}

const typeName = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);
