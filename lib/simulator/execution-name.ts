import { SimulatorError } from './simulator-error';

/** Longest name of an execution. https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const MAX_NAME_CHARACTERS = 80;

/** What a name may not have: white space, brackets, wildcards, special and control characters. */
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff]/u;

/** Whether AWS takes it as the name of an execution; those of state machines and activities are alike. */
export const isExecutionName = (name: string): boolean => tryFindFault(name) === undefined;

/** Refuses what StartExecution answers with InvalidName. @throws SimulatorError */
export function checkExecutionName(name: string): void {
  const why = tryFindFault(name);
  if (why !== undefined)
    throw new SimulatorError(`AWS would refuse the execution's name ${JSON.stringify(name)} (InvalidName): ${why}.`);
}

function tryFindFault(name: string): string | undefined {
  const length = [...name].length;
  if (length === 0 || length > MAX_NAME_CHARACTERS)
    return `it has ${length} characters, and may have 1 to ${MAX_NAME_CHARACTERS}`;
  const forbidden = FORBIDDEN.exec(name)?.[0];
  return forbidden === undefined ? undefined : `it has ${JSON.stringify(forbidden)} in it`;
}
