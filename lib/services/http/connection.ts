import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { StatesError } from '../../simulator/states-error';
import { withHeaders } from './endpoint';
import { textOf } from './form-encode';

/** An `AWS::Events::Connection`, with the properties of the template. */
export interface Connection {
  readonly name: string;
  readonly arn: string;
  /** A secret's value stays what the template says of it, between double braces: `{{resolve:secretsmanager:…}}`. */
  readonly properties: JsonObject;
}

/** What an HTTP Task is about to send. Names of headers as they were given. */
export interface Draft {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly body: Json | undefined;
}

/**
 * Adds what the connection has: its values take the place of the task's own.
 * https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#http-task-data-merge
 * @throws StatesError if the body is a text, and the connection has parameters for it
 */
export function withConnection(draft: Draft, { name, properties }: Connection): Draft {
  const auth = objectAt(properties, 'AuthParameters');
  const own = objectAt(auth, 'InvocationHttpParameters');
  const bodyParameters = parametersOf(own, 'BodyParameters');
  if (Object.keys(bodyParameters).length > 0 && draft.body !== undefined && !isObject(draft.body)) {
    throw new StatesError(
      'States.Runtime',
      'The RequestBody must be a JSON object, because the connection has body parameters to merge into it.',
    );
  }
  return {
    headers: withHeaders(draft.headers, {
      ...mapped(parametersOf(own, 'HeaderParameters'), textOf),
      ...authorization(properties, auth, name),
    }),
    query: { ...draft.query, ...mapped(parametersOf(own, 'QueryStringParameters'), (value) => [textOf(value)]) },
    body:
      Object.keys(bodyParameters).length === 0 ? draft.body : { ...(draft.body as JsonObject | undefined), ...bodyParameters },
  };
}

/** A secret cannot be encoded: it stands there as the template names it. */
function authorization(properties: JsonObject, auth: JsonObject, name: string): Readonly<Record<string, string>> {
  switch (get(properties, 'AuthorizationType')) {
    case 'API_KEY': {
      const { ApiKeyName: key, ApiKeyValue: value } = objectAt(auth, 'ApiKeyAuthParameters');
      return typeof key === 'string' && value !== undefined ? { [key]: textOf(value) } : {};
    }
    case 'BASIC': {
      const { Username: user = '', Password: password = '' } = objectAt(auth, 'BasicAuthParameters');
      const pair = `${textOf(user)}:${textOf(password)}`;
      return { Authorization: `Basic ${pair.includes('{{') ? pair : Buffer.from(pair).toString('base64')}` };
    }
    case 'OAUTH_CLIENT_CREDENTIALS':
      return { Authorization: `Bearer {{token of the connection ${name}}}` };
    default:
      return {};
  }
}

/** Of a list of `{ Key, Value, IsValueSecret }`. */
function parametersOf(holder: JsonObject, field: string): JsonObject {
  const list = get(holder, field);
  return Object.fromEntries(
    (isArray(list) ? list : []).flatMap((parameter) => {
      const { Key: key, Value: value } = isObject(parameter) ? parameter : {};
      return typeof key === 'string' && value !== undefined ? [[key, value] as const] : [];
    }),
  );
}

const mapped = <T>(object: JsonObject, change: (value: Json) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));

function objectAt(holder: JsonObject, field: string): JsonObject {
  const value = get(holder, field);
  return isObject(value) ? value : {};
}
