import { isArray, isObject, type Json, type JsonObject } from '../../json/json';
import { type Api, ApiFailure } from '../api';
import type { Door, HttpResponse } from './http';
import { performOperation } from './operation';
import { element, renderElement } from './xml';

/** How an API speaks AWS Query. */
export interface AwsQuery {
  readonly xmlNamespace: string;
  /** Members of responses that are maps, not structures. */
  readonly maps: ReadonlySet<string>;
  /** Codes of errors that are not the names of their exceptions. */
  readonly codes: Readonly<Record<string, string>>;
}

/**
 * The protocol AWS Query: requests as a form, answers in XML.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const awsQuery =
  ({ xmlNamespace, maps, codes }: AwsQuery, api: Api): Door =>
  async (request, from) => {
    const requestId = from.uuid();
    const render = (status: number, name: string, content: string): HttpResponse => ({
      status,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
      body: `<${name} xmlns="${xmlNamespace}">${content}</${name}>`,
    });
    try {
      const { Action: action, Version: _, ...members } = readForm(Buffer.from(request.body).toString());
      const operation = typeof action === 'string' ? action : '';
      const response = (await performOperation(api, operation, members, from)) as JsonObject;
      const result = element(`${operation}Result`, renderMembers(response, maps));
      return render(200, `${operation}Response`, result + metadata(requestId));
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      const { code, message, statusCode } = error;
      const wireCode = Object.hasOwn(codes, code) ? (codes[code] as string) : code;
      const type = renderElement('Type', statusCode < 500 ? 'Sender' : 'Receiver');
      const content = type + renderElement('Code', wireCode) + renderElement('Message', message);
      return render(statusCode, 'ErrorResponse', element('Error', content) + renderElement('RequestId', requestId));
    }
  };

const metadata = (requestId: string): string => element('ResponseMetadata', renderElement('RequestId', requestId));

/** A tree of names: `a.b=1` is `{ a: { b: '1' } }`, with no inherited names. */
interface Tree {
  [name: string]: Tree | string;
}

/** Reads `MessageAttributes.entry.1.Name=a` into members; all their values are texts. */
function readForm(text: string): JsonObject {
  const tree: Tree = Object.create(null) as Tree;
  for (const [path, value] of new URLSearchParams(text)) {
    const names = path.split('.');
    const last = names.pop() as string;
    let node = tree;
    for (const name of names) {
      const inner = node[name];
      node = typeof inner === 'object' ? inner : (node[name] = Object.create(null) as Tree);
    }
    node[last] = value;
  }
  return toJson(tree) as JsonObject;
}

function toJson(node: Tree | string): Json {
  if (typeof node === 'string') return node;
  const { member, entry, ...others } = node;
  if (Object.keys(others).length === 0 && typeof member === 'object') return inOrder(member).map(toJson);
  if (Object.keys(others).length === 0 && typeof entry === 'object') return toMap(inOrder(entry));
  return Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, toJson(inner)]));
}

const inOrder = (items: Tree): readonly (Tree | string)[] =>
  Object.entries(items)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item);

/** `key` and `value`, or `Name` and `Value`, as the map's shape has it. */
function toMap(entries: readonly (Tree | string)[]): JsonObject {
  return Object.fromEntries(
    entries.map((entry) => {
      const { key, Name, value, Value } = entry as Tree;
      return [(key ?? Name) as string, toJson((value ?? Value) as Tree | string)];
    }),
  );
}

function renderMembers(members: JsonObject, maps: ReadonlySet<string>): string {
  return Object.entries(members)
    .map(([name, value]) => renderMember(name, value, maps))
    .join('');
}

function renderMember(name: string, value: Json, maps: ReadonlySet<string>): string {
  if (value === null) return '';
  if (isArray(value)) return element(name, value.map((item) => renderMember('member', item, maps)).join(''));
  if (!isObject(value)) return renderElement(name, String(value));
  if (!maps.has(name)) return element(name, renderMembers(value, maps));
  const entries = Object.entries(value).map(([key, item]) =>
    element('entry', renderElement('key', key) + renderMember('value', item, maps)),
  );
  return element(name, entries.join(''));
}
