import cloudwatch from './constraints/cloudwatch.json';
import dynamodb from './constraints/dynamodb.json';
import eventbridge from './constraints/eventbridge.json';
import kms from './constraints/kms.json';
import lambda from './constraints/lambda.json';
import s3 from './constraints/s3.json';
import secretsManager from './constraints/secrets-manager.json';
import sesv2 from './constraints/sesv2.json';
import sfn from './constraints/sfn.json';
import sns from './constraints/sns.json';
import sqs from './constraints/sqs.json';

/** Of a member: its least and most (null: no bound), or the name of its enum. */
export type Constraint = string | readonly (number | null)[];

/** By structure, then by member; `member[]`: an element of the list, `member{}`: a value of the map. */
export type Constraints = Readonly<Record<string, Readonly<Record<string, Constraint>>>>;

/** By the part of `@aws-sdk/client-<name>` that follows the hyphen. `constraints/README.md` says where they come from. */
export const CONSTRAINTS: Readonly<Record<string, Constraints | undefined>> = {
  cloudwatch,
  dynamodb,
  eventbridge,
  kms,
  lambda,
  s3,
  'secrets-manager': secretsManager,
  sesv2,
  sfn,
  sns,
  sqs,
};
