import type { Json } from '../json/json';
import { parseJson } from '../json/parse-json';
import type { Account } from '../services/states/account';
import { type ExecutionStatus, standingOf } from '../services/states/standing';

/** An execution that was started by the API. */
export interface ExecutionSummary {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: Date;
  /** undefined: it runs. */
  readonly stopDate: Date | undefined;
  readonly input: Json;
  /** undefined: it has not succeeded. */
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/** What the API's executions have come to. */
export const summariesOf = ({ executions }: Account): readonly ExecutionSummary[] =>
  [...executions.values()].map((record) => {
    const { status, stopDate, output, error, cause } = standingOf(record);
    return {
      executionArn: record.arn,
      stateMachineArn: record.machine.arn,
      name: record.name,
      status,
      startDate: record.startDate,
      stopDate,
      input: parseJson(record.input, 'the input'),
      output,
      error,
      cause,
    };
  });
