import { STATES_ERRORS } from './error-names';

/** Of the Lambda service and of Step Functions calling it. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
const LAMBDA = [
  'AWSLambdaException',
  'ClientExecutionTimeoutException',
  'CodeArtifactUserDeletedException',
  'EC2AccessDeniedException',
  'EC2ThrottledException',
  'EC2UnexpectedException',
  'EFSIOException',
  'EFSMountConnectivityException',
  'EFSMountFailureException',
  'EFSMountTimeoutException',
  'ENILimitReachedException',
  'InvalidParameterValueException',
  'InvalidRequestContentException',
  'InvalidRuntimeException',
  'InvalidSecurityGroupIDException',
  'InvalidSubnetIDException',
  'InvalidZipFileException',
  'KMSAccessDeniedException',
  'KMSDisabledException',
  'KMSInvalidStateException',
  'KMSNotFoundException',
  'RecursiveInvocationException',
  'RequestTooLargeException',
  'ResourceConflictException',
  'ResourceNotFoundException',
  'ResourceNotReadyException',
  'SdkClientException',
  'ServiceException',
  'SnapStartException',
  'SnapStartNotReadyException',
  'SnapStartTimeoutException',
  'SubnetIPAddressLimitReachedException',
  'TooManyRequestsException',
  'Unknown',
  'UnsupportedMediaTypeException',
];

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const DYNAMODB = [
  'ConditionalCheckFailedException',
  'InternalServerError',
  'ItemCollectionSizeLimitExceededException',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ResourceInUseException',
  'ResourceNotFoundException',
  'ThrottlingException',
  'TransactionCanceledException',
  'TransactionConflictException',
  'TransactionInProgressException',
];

/** Errors that are often named. There are many more, of services and of functions. */
const KNOWN: ReadonlySet<string> = new Set([
  ...STATES_ERRORS,
  ...LAMBDA.map((name) => `Lambda.${name}`),
  ...DYNAMODB.flatMap((name) => [`DynamoDB.${name}`, `DynamoDb.${name}`]),
  'Sandbox.Timedout',
]);

/** More slips of the pen than this make another name. */
const MOST_SLIPS = 2;

/** The known name that is most like the given one, where that is none itself and few slips of the pen away. */
export function misspeltName(given: string): string | undefined {
  if (KNOWN.has(given)) return undefined;
  let nearest: string | undefined;
  let fewest = MOST_SLIPS + 1;
  for (const name of KNOWN) {
    if (Math.abs(name.length - given.length) >= fewest) continue;
    const slips = slipsBetween(given.toLowerCase(), name.toLowerCase());
    if (slips < fewest) [nearest, fewest] = [name, slips];
  }
  return nearest;
}

/** Characters to be added, taken away, changed or swapped with the next one (optimal string alignment). */
function slipsBetween(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      let slips = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        slips = Math.min(slips, (before[j - 2] as number) + 1);
      row.push(slips);
    }
    [before, last] = [last, row];
  }
  return last[other.length] as number;
}
