import { isArray, isObject, type Json, type JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { type Api, ApiFailure } from '../api';
import { httpDate } from '../sdk-metadata';
import { decodeChunks, isChunked } from './aws-chunked';
import { type Door, headerOf, type HttpRequest, type HttpResponse } from './http';
import { performOperation, unknownOperation } from './operation';
import { bytesOf } from './rest-json';
import { element, readElements, renderElement } from './xml';

/** One of S3's operations in HTTP: what tells it from the others, and where its members stand. */
interface S3Route {
  readonly operation: string;
  readonly method: string;
  /** Of an object, or of a bucket. */
  readonly of: 'object' | 'bucket';
  /** A query parameter or a header that only this operation has. */
  readonly mark?: string;
  /** Members by query parameter; others are refused. */
  readonly query?: Readonly<Record<string, string>>;
  /** Name of the XML element that answers. */
  readonly answer?: string;
  /** @default 200 */
  readonly status?: number;
}

const LIST = { prefix: 'Prefix', delimiter: 'Delimiter', 'max-keys': 'MaxKeys', 'encoding-type': 'EncodingType' } as const;

/** The first that fits is it. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html */
const ROUTES: readonly S3Route[] = [
  { operation: 'GetObject', method: 'GET', of: 'object' },
  { operation: 'HeadObject', method: 'HEAD', of: 'object' },
  { operation: 'CopyObject', method: 'PUT', of: 'object', mark: 'x-amz-copy-source', answer: 'CopyObjectResult' },
  { operation: 'PutObject', method: 'PUT', of: 'object' },
  { operation: 'DeleteObject', method: 'DELETE', of: 'object', status: 204 },
  { operation: 'DeleteObjects', method: 'POST', of: 'bucket', mark: 'delete', query: { delete: '' }, answer: 'DeleteResult' },
  {
    operation: 'ListObjectsV2',
    method: 'GET',
    of: 'bucket',
    mark: 'list-type',
    query: {
      ...LIST,
      'list-type': '',
      'start-after': 'StartAfter',
      'continuation-token': 'ContinuationToken',
      'fetch-owner': 'FetchOwner',
    },
    answer: 'ListBucketResult',
  },
  { operation: 'ListObjects', method: 'GET', of: 'bucket', query: { ...LIST, marker: 'Marker' }, answer: 'ListBucketResult' },
  { operation: 'HeadBucket', method: 'HEAD', of: 'bucket' },
];

/** Members by header, of requests and of responses. */
const HEADERS: Readonly<Record<string, string>> = {
  'accept-ranges': 'AcceptRanges',
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  'content-range': 'ContentRange',
  'content-type': 'ContentType',
  etag: 'ETag',
  'if-match': 'IfMatch',
  'if-modified-since': 'IfModifiedSince',
  'if-none-match': 'IfNoneMatch',
  'if-unmodified-since': 'IfUnmodifiedSince',
  range: 'Range',
  'x-amz-acl': 'ACL',
  'x-amz-bucket-region': 'BucketRegion',
  'x-amz-checksum-crc32': 'ChecksumCRC32',
  'x-amz-checksum-mode': 'ChecksumMode',
  'x-amz-checksum-type': 'ChecksumType',
  'x-amz-copy-source': 'CopySource',
  'x-amz-expected-bucket-owner': 'ExpectedBucketOwner',
  'x-amz-metadata-directive': 'MetadataDirective',
  'x-amz-request-payer': 'RequestPayer',
  'x-amz-sdk-checksum-algorithm': 'ChecksumAlgorithm',
  'x-amz-server-side-encryption': 'ServerSideEncryption',
  'x-amz-storage-class': 'StorageClass',
  'x-amz-tagging': 'Tagging',
};

/** Headers of how a request is signed and sent. */
const OF_TRANSPORT = /^x-amz-(?:content-sha256|date|decoded-content-length|security-token|trailer|user-agent|checksum-\w+)$/;

/** Headers of what a body is. */
const OF_BODY = /^(?:content-type|x-amz-sdk-checksum-algorithm|x-amz-checksum-\w+)$/;

const METADATA = 'x-amz-meta-';

/** S3's protocol, REST XML. https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export const s3RestXml =
  (api: Api): Door =>
  async (request, from) => {
    const requestId = from.uuid();
    const ids = { 'x-amz-request-id': requestId, 'x-amz-id-2': Buffer.from(requestId).toString('base64') };
    try {
      const { bucket, key } = resourceOf(request);
      const route = ROUTES.find((candidate) => fits(candidate, request, key));
      if (route === undefined) throw unknownOperation(api, inWords(request), from);
      const asked: JsonObject = {
        Bucket: bucket,
        ...(key === '' ? {} : { Key: key }),
        ...fromQuery(route, request),
        ...fromHeaders(request),
        ...fromBody(route, request),
      };
      const response = (await performOperation(api, route.operation, asked, from)) as JsonObject;
      return render(route, response, ids);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      const { code, message, statusCode } = error;
      const content = renderElement('Code', code) + renderElement('Message', message) + renderElement('RequestId', requestId);
      return { status: statusCode, headers: { ...ids, 'content-type': 'application/xml' }, body: element('Error', content) };
    }
  };

/** The bucket stands in the host, or begins the path. */
function resourceOf({ host, path }: HttpRequest): { readonly bucket: string; readonly key: string } {
  const inHost = /^(.+)\.s3(?:-fips)?(?:\.dualstack)?(?:\.[a-z0-9-]+)?\.amazonaws\.com/.exec(host)?.[1];
  const whole = path.slice(1);
  if (inHost !== undefined) return { bucket: inHost, key: decodeURIComponent(whole) };
  const slash = whole.indexOf('/');
  if (slash === -1) return { bucket: decodeURIComponent(whole), key: '' };
  return { bucket: decodeURIComponent(whole.slice(0, slash)), key: decodeURIComponent(whole.slice(slash + 1)) };
}

function fits({ method, of, mark, query = {} }: S3Route, request: HttpRequest, key: string): boolean {
  if (request.method !== method || (of === 'object') !== (key !== '')) return false;
  // `x-id` names the operation for people who read logs.
  if ([...request.query.keys()].some((name) => name !== 'x-id' && !Object.hasOwn(query, name))) return false;
  return mark === undefined || request.query.has(mark) || request.headers[mark] !== undefined;
}

const inWords = ({ method, path, query }: HttpRequest): string =>
  `${method} ${path}${query.size === 0 ? '' : `?${query.toString()}`}`;

function fromQuery({ query = {} }: S3Route, request: HttpRequest): JsonObject {
  const members: Record<string, Json> = {};
  for (const [name, member] of Object.entries(query)) {
    const value = request.query.get(name);
    if (value === null || member === '') continue;
    members[member] = member === 'MaxKeys' ? Number(value) : member === 'FetchOwner' ? value === 'true' : value;
  }
  return members;
}

function fromHeaders(request: HttpRequest): JsonObject {
  const members: Record<string, Json> = {};
  const metadata: Record<string, Json> = {};
  for (const name of Object.keys(request.headers)) {
    const value = headerOf(request, name) as string;
    // XML has a type and a checksum, too: they are no object's.
    if (request.method === 'POST' && OF_BODY.test(name)) continue;
    if (name.startsWith(METADATA)) metadata[name.slice(METADATA.length)] = value;
    else if (name === 'content-encoding') {
      const encoding = value.replace(/(?:^|,)\s*aws-chunked\s*/, '');
      if (encoding !== '') members['ContentEncoding'] = encoding;
    } else if (Object.hasOwn(HEADERS, name)) members[HEADERS[name] as string] = value;
    // What has an effect that is not known here, the operation refuses by this name.
    else if (name.startsWith('x-amz-') && !OF_TRANSPORT.test(name)) members[name] = value;
  }
  return Object.keys(metadata).length === 0 ? members : { ...members, Metadata: metadata };
}

function fromBody({ operation }: S3Route, request: HttpRequest): JsonObject {
  const body = isChunked(request) ? decodeChunks(request.body) : request.body;
  if (operation === 'PutObject') return { Body: Buffer.from(body).toString('base64') };
  if (operation !== 'DeleteObjects') return {};
  const [wanted = ''] = readElements(Buffer.from(body).toString(), 'Delete');
  const objects = readElements(wanted, 'Object').map((object) =>
    Object.fromEntries(['Key', 'VersionId', 'ETag'].flatMap((name) => readElements(object, name).map((text) => [name, text]))),
  );
  return { Delete: { Objects: objects, Quiet: readElements(wanted, 'Quiet')[0] === 'true' } };
}

function render({ operation, answer, status = 200 }: S3Route, response: JsonObject, ids: HttpResponse['headers']): HttpResponse {
  const headers: Record<string, string> = { ...ids };
  for (const [name, member] of Object.entries(HEADERS)) {
    const value = get(response, member);
    if (typeof value === 'string') headers[name] = value;
  }
  if (answer !== undefined) {
    const inner = get(response, answer);
    const content = renderMembers(isObject(inner) ? inner : response);
    return { status, headers: { ...headers, 'content-type': 'application/xml' }, body: element(answer, content) };
  }
  const modified = get(response, 'LastModified');
  if (typeof modified === 'number') headers['last-modified'] = httpDate(modified * 1000);
  const metadata = get(response, 'Metadata');
  for (const [name, value] of Object.entries(isObject(metadata) ? metadata : {})) headers[METADATA + name] = value as string;
  const length = get(response, 'ContentLength');
  if (operation === 'HeadObject' && typeof length === 'number') headers['content-length'] = String(length);
  return { status: get(response, 'ContentRange') === undefined ? status : 206, headers, body: bytesOf(get(response, 'Body')) };
}

/** Lists are flat: an element for each item. */
const renderMembers = (members: JsonObject): string =>
  Object.entries(members)
    .flatMap(([name, value]) => (isArray(value) ? value : [value]).map((item) => renderMember(name, item)))
    .join('');

function renderMember(name: string, value: Json): string {
  if (isObject(value)) return element(name, renderMembers(value));
  if (name === 'LastModified' && typeof value === 'number') return renderElement(name, new Date(value * 1000).toISOString());
  return renderElement(name, typeof value === 'string' ? value : renderJson(value));
}
