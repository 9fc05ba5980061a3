import type { Caller } from '../api';
import { nameOf } from './lambda-function';
import type { LambdaFunction } from './lambda-function';

/** What a `FunctionName` names. */
export interface FunctionReference {
  readonly name: string;
  /** Version or alias; undefined: none was given. */
  readonly qualifier: string | undefined;
  /** Undefined: that of the execution. */
  readonly region: string | undefined;
  /** Undefined: that of the execution. */
  readonly account: string | undefined;
}

/** Reads `name`, `name:qualifier`, `account:function:name`, and a full ARN, each with or without a qualifier. */
export function parseFunctionName(functionName: string): FunctionReference {
  const match = /^(?:(?:arn:[^:]+:lambda:([^:]*):)?(\d+):function:)?([^:]+)(?::([^:]+))?$/.exec(functionName);
  const [, region, account, name = functionName, qualifier] = match ?? [];
  return { name, qualifier, region, account };
}

/** The function's ARN as AWS would name it for this call, without a qualifier. */
export function unqualifiedArn({ name, region, account }: FunctionReference, from: Caller): string {
  const [, partition = 'aws'] = from.executionArn?.split(':') ?? [];
  return `arn:${partition}:lambda:${region ?? from.region}:${account ?? from.accountId}:function:${name}`;
}

/** The version that a qualifier means; undefined where the function has none of that name. */
export function tryFindVersion(lambda: LambdaFunction, qualifier: string | undefined): string | undefined {
  if (qualifier === undefined || qualifier === '$LATEST') return '$LATEST';
  if (/^\d+$/.test(qualifier)) return qualifier;
  const aliases = lambda.aliases ?? {};
  return Object.hasOwn(aliases, qualifier) ? aliases[qualifier] : undefined;
}

/** True if the reference means the function. A name alone means the function of that name wherever it is. */
export function refersTo({ name, region, account }: FunctionReference, lambda: LambdaFunction): boolean {
  const [, , , itsRegion, itsAccount] = lambda.arn.split(':');
  return (
    name === nameOf(lambda) && (region === undefined || region === itsRegion) && (account === undefined || account === itsAccount)
  );
}
