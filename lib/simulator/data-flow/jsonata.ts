import type { CompiledForm } from '../../expressions/form';
import { compileJsonataTemplate, compileMeasuredJsonata } from '../../expressions/jsonata/jsonata-template';
import type { JsonataScope, RandomSource } from '../../expressions/scope';
import type { Json, JsonObject } from '../../json/json';
import type { Branch, BranchScope } from '../branch';
import type { DataFlow, StateOutcome } from './data-flow';
import { withinInputLimit } from './json-path';

/** The JSONata fields around a state's work. */
export interface JsonataFields {
  readonly Arguments?: Json;
  readonly Output?: Json;
  readonly Assign?: JsonObject;
}

/** What expressions of a JSONata state read: `$states`, and the variables. */
export class StatesScope implements JsonataScope {
  readonly variables: JsonObject;
  readonly random: RandomSource;
  readonly epochMs: number;

  constructor(
    private readonly scope: BranchScope,
    { frame, execution }: Branch,
    readonly input: Json = frame.input,
    readonly result?: Json,
    readonly errorOutput?: Json,
  ) {
    this.variables = scope.variables;
    this.random = scope.random;
    this.epochMs = execution.epochMs;
  }

  context(): JsonObject {
    return this.scope.context();
  }

  /** Makes a value of a field, and remembers an upper bound of its size. */
  make({ make, boundFor }: CompiledForm<JsonataScope>): Json {
    const sum = { bytes: boundFor(this.scope.knownBound(this.input)) };
    const value = make(this, sum);
    this.scope.remember(value, sum.bytes);
    return value;
  }
}

/** The scope of a field that sees no result. */
export const statesScope = (branch: Branch): StatesScope => new StatesScope(branch.scope, branch);

/** Arguments before the work, Output and Assign after it. https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
export function compileJsonataFlow(name: string, fields: JsonataFields, hasResult: boolean): DataFlow {
  const { Arguments: template } = fields;
  const form = template === undefined ? undefined : compileMeasuredJsonata(template, 'Arguments');
  const outcome = compileJsonataOutcome(fields, '');
  return {
    input:
      form === undefined
        ? ({ frame }) => frame.input
        : (branch) => withinInputLimit(name, branch, statesScope(branch).make(form)),
    output: hasResult
      ? (branch, result) => outcome(new StatesScope(branch.scope, branch, branch.frame.input, result), result)
      : (branch) => outcome(statesScope(branch), branch.frame.input),
  };
}

/**
 * Output and Assign of a state, a Choice Rule or a Catcher: both see the values at the state's entry.
 * @param where what stands before the fields' names in errors: `Choices[1]/`
 */
export function compileJsonataOutcome(
  fields: JsonataFields,
  where: string,
): (scope: StatesScope, otherwise: Json) => StateOutcome {
  const { Output: output, Assign: assign } = fields;
  const form = output === undefined ? undefined : compileMeasuredJsonata(output, `${where}Output`);
  const assigned = assign === undefined ? undefined : compileJsonataTemplate(assign, `${where}Assign`);
  return (scope, otherwise) => ({
    assigned: assigned?.(scope) as JsonObject | undefined,
    output: form === undefined ? otherwise : scope.make(form),
  });
}
