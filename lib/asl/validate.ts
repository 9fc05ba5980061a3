import { type DefinitionOptions, tryParse } from './parse';
import type { Problem } from './problem';

/** What `validate` is asked for. */
export interface ValidateOptions extends DefinitionOptions {
  /** The least severity that is reported. @default 'ERROR' */
  readonly severity?: Problem['severity'];
  /** Most diagnostics that are reported, 0 to 100; 0 means 100. @default 100 */
  readonly maxResults?: number;
}

/** What ValidateStateMachineDefinition answers. */
export interface Validation {
  /** FAIL: CreateStateMachine would refuse the definition. */
  readonly result: 'OK' | 'FAIL';
  readonly diagnostics: readonly Diagnostic[];
  /** True if there are more diagnostics than were asked for. */
  readonly truncated: boolean;
}

/** One problem as AWS tells it. */
export interface Diagnostic {
  readonly severity: Problem['severity'];
  readonly code: string;
  readonly message: string;
  /** Left out where AWS gives none. */
  readonly location?: string;
}

const MOST_RESULTS = 100;

/** What ValidateStateMachineDefinition answers where it finds these problems. */
export function validationOf(problems: readonly Problem[], { severity = 'ERROR', maxResults = 0 }: ValidateOptions): Validation {
  const reported = problems.filter((problem) => problem.severity === 'ERROR' || severity === 'WARNING');
  const most = maxResults === 0 ? MOST_RESULTS : maxResults;
  return {
    result: problems.some((problem) => problem.severity === 'ERROR') ? 'FAIL' : 'OK',
    diagnostics: reported.slice(0, most).map(({ severity: own, code, message, location }) => ({
      severity: own,
      code,
      message,
      ...(location === undefined ? {} : { location }),
    })),
    truncated: reported.length > most,
  };
}

/**
 * Answers what ValidateStateMachineDefinition answers.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
 * @param definition JSON text or a value
 */
export const validate = (definition: unknown, options: ValidateOptions = {}): Validation =>
  validationOf(tryParse(definition, options).problems, options);
