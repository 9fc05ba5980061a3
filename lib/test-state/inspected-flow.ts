import type { QueryLanguage } from '../asl/types';
import type { DataFlow } from '../simulator/data-flow/data-flow';
import {
  compileFilter,
  compileJsonPathAssign,
  compileResultPath,
  compileTemplate,
  type JsonPathFields,
  withinInputLimit,
} from '../simulator/data-flow/json-path';
import { compileJsonataFlow, type JsonataFields } from '../simulator/data-flow/jsonata';
import type { Inspection } from './inspection';

/** The data flow of a state with a result, as `compileDataFlow` makes it, that notes what comes of each field. */
export const compileInspectedFlow = (
  name: string,
  fields: JsonPathFields & JsonataFields,
  language: QueryLanguage,
  hasResult: boolean,
  inspection: Inspection,
): DataFlow =>
  language === 'JSONata' ? inspectedJsonata(name, fields, hasResult, inspection) : inspectedJsonPath(name, fields, inspection);

function inspectedJsonPath(name: string, fields: JsonPathFields, inspection: Inspection): DataFlow {
  const filterInput = compileFilter(fields.InputPath);
  const parameters = compileTemplate(fields.Parameters);
  const select = compileTemplate(fields.ResultSelector);
  const place = compileResultPath(fields.ResultPath);
  const filterOutput = compileFilter(fields.OutputPath);
  const assign = compileJsonPathAssign(fields.Assign);
  return {
    input(branch) {
      const { scope, frame } = branch;
      scope.input = frame.input;
      inspection.afterInputPath = filterInput(scope);
      const effective = parameters(scope);
      inspection.afterParameters = effective;
      return fields.Parameters === undefined ? effective : withinInputLimit(name, branch, effective);
    },
    output({ scope, frame }, result) {
      inspection.result = result;
      const assigned = assign?.(scope, result);
      scope.input = result;
      const selected = select(scope);
      inspection.afterResultSelector = selected;
      scope.input = place(frame.input, selected);
      inspection.afterResultPath = scope.input;
      return { output: filterOutput(scope), assigned };
    },
  };
}

function inspectedJsonata(name: string, fields: JsonataFields, hasResult: boolean, inspection: Inspection): DataFlow {
  const flow = compileJsonataFlow(name, fields, hasResult);
  return {
    input(branch) {
      const input = flow.input(branch);
      if (hasResult) inspection.afterArguments = input;
      return input;
    },
    output(branch, result) {
      if (hasResult) inspection.result = result;
      return flow.output(branch, result);
    },
  };
}
