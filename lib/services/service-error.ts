import { StatesError } from '../simulator/states-error';

/** An error as an AWS service answers it over HTTP. */
export interface ServiceFailure {
  /** The API's error code, such as `ResourceNotFoundException`. */
  readonly code: string;
  readonly message: string;
  readonly statusCode: number;
  readonly requestId: string;
}

/** How an integration names its service in errors. */
export interface ServiceNames {
  /** Before the point of the error name: `DynamoDB`, `SesV2`. */
  readonly prefix: string;
  /** In the cause: `AmazonDynamoDBv2`, `SesV2`. */
  readonly service: string;
  /** The exception of all codes that have no class of their own: `AmazonDynamoDBException`, `SesV2Exception`. */
  readonly baseException: string;
  /** Codes with an exception class of their own. */
  readonly exceptions: ReadonlySet<string>;
  /** Codes that older SDKs know by another name. @default - none */
  readonly olderCodes?: Readonly<Record<string, string>>;
  /** S3 gives each request a second id. */
  readonly extendedRequestId?: boolean;
}

/** An error of an optimised integration: AWS SDK for Java v1 style, as recorded for DynamoDB, Lambda, SNS and SQS. */
export const optimisedError = (names: ServiceNames, failure: ServiceFailure): StatesError =>
  new StatesError(
    errorName(names, failure.code),
    `${failure.message} (Service: ${names.service}; Status Code: ${failure.statusCode}; Error Code: ${names.olderCodes?.[failure.code] ?? failure.code}; ` +
      `Request ID: ${failure.requestId}; Proxy: null)`,
  );

/** An error of an SDK integration: AWS SDK for Java v2 style, with the attempt count that recordings have had since 2025. */
export const sdkError = (names: ServiceNames, failure: ServiceFailure): StatesError =>
  new StatesError(
    errorName(names, failure.code),
    `${failure.message} (Service: ${names.service}, Status Code: ${failure.statusCode}, Request ID: ${failure.requestId}` +
      `${names.extendedRequestId === true ? `, Extended Request ID: ${extendedRequestId(failure.requestId)}` : ''}) (SDK Attempt Count: 1)`,
  );

/** Some Base64, made of the request's id because it says nothing to anybody. */
const extendedRequestId = (requestId: string): string => Buffer.from(requestId).toString('base64');

/** The name ends in `Exception` always, also where the API's code does not. */
function errorName({ prefix, baseException, exceptions }: ServiceNames, code: string): string {
  if (!exceptions.has(code)) return `${prefix}.${baseException}`;
  return `${prefix}.${code.endsWith('Exception') ? code : `${code}Exception`}`;
}
