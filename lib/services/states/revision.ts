import { DefinitionError, renderInvalidDefinition } from '../../asl/problem';
import { parse } from '../../asl/parse';
import type { StateMachine, StateMachineType } from '../../asl/types';
import { ApiError } from './api-error';
import {
  type EncryptionConfiguration,
  isSame,
  type LoggingConfiguration,
  readEncryption,
  readLogging,
  readTracing,
  type TracingConfiguration,
} from './configuration';

/** What an update of a state machine may change, as one of its revisions has it. Never changes itself. */
export interface Revision {
  /** undefined: the state machine has not been updated since it was created. */
  readonly id: string | undefined;
  readonly date: Date;
  /** As it was given. */
  readonly definition: string;
  readonly machine: StateMachine;
  readonly roleArn: string;
  readonly logging: LoggingConfiguration;
  readonly tracing: TracingConfiguration;
  readonly encryption: EncryptionConfiguration;
}

/** What the API is told of a revision. */
export interface RevisionRequest {
  readonly definition?: string;
  readonly roleArn?: string;
  readonly loggingConfiguration?: LoggingConfiguration;
  readonly tracingConfiguration?: TracingConfiguration;
  readonly encryptionConfiguration?: EncryptionConfiguration;
}

/** The first revision. @throws ApiError */
export function firstRevision(
  request: RevisionRequest & { readonly definition: string; readonly roleArn: string },
  type: StateMachineType,
  date: Date,
): Revision {
  return {
    id: undefined,
    date,
    ...readDefinition(request.definition, type),
    roleArn: checkRole(request.roleArn),
    logging: readLogging(request.loggingConfiguration),
    tracing: readTracing(request.tracingConfiguration),
    encryption: readEncryption(request.encryptionConfiguration),
  };
}

/**
 * The next revision; the same if nothing changes (recorded).
 * @throws ApiError
 */
export function nextRevision(
  last: Revision,
  request: RevisionRequest,
  type: StateMachineType,
  date: Date,
  newId: () => string,
): Revision {
  const { definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration } = request;
  const next: Revision = {
    ...last,
    ...(definition === undefined || definition === last.definition ? {} : readDefinition(definition, type)),
    ...(roleArn === undefined ? {} : { roleArn: checkRole(roleArn) }),
    ...(loggingConfiguration === undefined ? {} : { logging: readLogging(loggingConfiguration) }),
    ...(tracingConfiguration === undefined ? {} : { tracing: readTracing(tracingConfiguration) }),
    ...(encryptionConfiguration === undefined ? {} : { encryption: readEncryption(encryptionConfiguration) }),
  };
  return isSame(settings(next), settings(last)) ? last : { ...next, id: newId(), date };
}

const settings = ({ definition, roleArn, logging, tracing, encryption }: Revision): object => ({
  definition,
  roleArn,
  logging,
  tracing,
  encryption,
});

/** Whether a request asks for what a revision has; its role is not looked at (documented at CreateStateMachine). */
export const asksForSame = (revision: Revision, request: RevisionRequest & { readonly definition: string }): boolean =>
  revision.definition === request.definition &&
  isSame(revision.logging, readLogging(request.loggingConfiguration)) &&
  isSame(revision.tracing, readTracing(request.tracingConfiguration)) &&
  isSame(revision.encryption, readEncryption(request.encryptionConfiguration));

function readDefinition(definition: string, type: StateMachineType): Pick<Revision, 'definition' | 'machine'> {
  try {
    return { definition, machine: parse(definition, { type }) };
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    throw new ApiError('InvalidDefinition', renderInvalidDefinition(error.problems));
  }
}

function checkRole(arn: string): string {
  if (/^arn:[^:]+:iam::\d*:role\/.+$/.test(arn)) return arn;
  throw new ApiError('InvalidArn', `Invalid Role Arn: '${arn}'`);
}
