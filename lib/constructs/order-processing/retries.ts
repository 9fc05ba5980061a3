import { Duration } from 'aws-cdk-lib';
import { JitterType, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * Errors that pass, by service. Each attempt of a Task carries the same idempotency key or condition, so those that leave open
 * whether the call was made (timeouts, broken connections) are among them.
 *
 * Names as the integrations give them: the optimised one of DynamoDB says `DynamoDB.`, the AWS SDK one would say `DynamoDb.`.
 * Codes without a class of their own, such as a 503, come as the general exception of the service.
 */
const TRANSIENT_ERRORS = {
  lambda: [
    'Lambda.TooManyRequestsException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.ClientExecutionTimeoutException',
    'Sandbox.Timedout',
    'States.Timeout',
  ],
  dynamodb: [
    'DynamoDB.ProvisionedThroughputExceededException',
    'DynamoDB.RequestLimitExceededException',
    'DynamoDB.ThrottlingException',
    'DynamoDB.InternalServerErrorException',
    'DynamoDB.AmazonDynamoDBException',
    'DynamoDB.SdkClientException',
    'States.Timeout',
  ],
  // A lost answer costs a second confirmation, no more: SES has no idempotency key.
  ses: ['SesV2.TooManyRequestsException', 'SesV2.SesV2Exception', 'SesV2.SdkClientException', 'States.Timeout'],
} as const;

/** 1, 2, 4, 8 and 15 seconds at most, each spread over all executions that wait. */
export const retryTransient = (service: keyof typeof TRANSIENT_ERRORS): RetryProps => ({
  errors: [...TRANSIENT_ERRORS[service]],
  interval: Duration.seconds(1),
  backoffRate: 2,
  maxAttempts: 5,
  maxDelay: Duration.seconds(15),
  jitterStrategy: JitterType.FULL,
});

/** What a function throws when a service behind it is down for a moment. */
export const retryServiceException: RetryProps = {
  errors: ['ServiceException'],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxAttempts: 3,
  jitterStrategy: JitterType.FULL,
};

/** A busy payment gateway gets more time: 2, 4, 8, 16 and 30 seconds at most. */
export const retryBusyPayment: RetryProps = {
  errors: ['PaymentServiceBusy'],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxAttempts: 5,
  maxDelay: Duration.seconds(30),
  jitterStrategy: JitterType.FULL,
};
