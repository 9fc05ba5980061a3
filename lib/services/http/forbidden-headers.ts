/** https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
const OF_HTTP_TASKS: readonly string[] = [
  'a-im',
  'accept-charset',
  'accept-datetime',
  'accept-encoding',
  'authorization',
  'cache-control',
  'connection',
  'content-encoding',
  'content-md5',
  'date',
  'expect',
  'forwarded',
  'from',
  'host',
  'http2-settings',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'max-forwards',
  'origin',
  'pragma',
  'proxy-authorization',
  'referer',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'warning',
];

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html */
const OF_API_GATEWAY: readonly string[] = [
  'authorization',
  'connection',
  'content-md5',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'www-authenticate',
];

const HTTP_TASK_PREFIXES = ['x-forwarded-', 'x-amz-', 'x-amzn-'];
const API_GATEWAY_PREFIXES = ['x-forwarded', 'x-amz', 'x-amzn'];

/** Headers that an HTTP Task may not set, as it names them. */
export const forbiddenInHttpTask = (names: readonly string[]): readonly string[] =>
  forbidden(names, OF_HTTP_TASKS, HTTP_TASK_PREFIXES);

/** Headers that a call of API Gateway may not set, as it names them. */
export const forbiddenInApiGateway = (names: readonly string[]): readonly string[] =>
  forbidden(names, OF_API_GATEWAY, API_GATEWAY_PREFIXES);

const forbidden = (names: readonly string[], wholes: readonly string[], prefixes: readonly string[]): readonly string[] =>
  names.filter((name) => {
    const small = name.toLowerCase();
    return wholes.includes(small) || prefixes.some((prefix) => small.startsWith(prefix));
  });

/** AWS's words, which it says of a literal when a state machine is made. */
export const unsupportedHeaders = (names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`The 'Headers' field contains unsupported values: [${names.join(', ')}]`];

/** AWS's words (recorded for Headers that are no lists). */
export const invalidFormat = (field: string): string => `The value of the field '${field}' has an invalid format`;
