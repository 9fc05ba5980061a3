import { isObject, type Json, type JsonObject } from '../json/json';
import { type Branch, BranchScope } from '../simulator/branch';
import { knowsRetry } from '../simulator/program';
import { renderTimestamp } from '../simulator/render-timestamp';
import { readJsonParameter } from './json-parameter';
import { type TestStateError, validationException } from './test-state-error';

/** The fields of a Context Object that may be mocked, and their types; undefined: anything. `Map` may not be. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, 'string' | 'number' | undefined>>>> = {
  Execution: {
    Id: 'string',
    Input: undefined,
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'number',
    RedriveTime: 'string',
  },
  State: { EnteredTime: 'string', Name: 'string', RetryCount: 'number' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
};

/** Reads a mocked Context Object; it takes the place of the whole. @throws TestStateError */
export function readContext(context: Json): JsonObject {
  const value = readJsonParameter(context, 'context', () => invalid('must be valid JSON'));
  if (!isObject(value)) throw invalid('must be a JSON object');
  for (const [name, part] of Object.entries(value)) {
    if (name === 'Map') throw invalid("'Map' field is not supported when mocking a Context object");
    const fields = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (fields === undefined) throw notAllowed(name);
    if (!isObject(part)) throw invalid(`${name} must be an object`);
    for (const [field, found] of Object.entries(part)) {
      if (!Object.hasOwn(fields, field)) throw notAllowed(field);
      const type = fields[field];
      if (type !== undefined && typeof found !== type) throw invalid(`${name}.${field} must be a ${type}`);
    }
  }
  return value;
}

const invalid = (problem: string): TestStateError => validationException(`Invalid Context object provided: ${problem}`);
const notAllowed = (field: string): TestStateError => invalid(`Field '${field}' is not allowed`);

/** The Context Object of a state that is tested without a mocked one (recorded: an Express execution without RedriveCount). */
export function contextOf(
  { execution, frame, program }: Branch,
  roleArn: string | undefined,
  token: string | undefined,
): JsonObject {
  const { Id, Name, Input, StartTime } = execution.context.Execution;
  const state = { Name: frame.state, EnteredTime: renderTimestamp(frame.enteredMs) };
  const type = program.states.get(frame.state)?.type;
  return {
    Execution: {
      Id: (Id as string).replace(':execution:', ':express:'),
      Input: Input ?? null,
      Name: Name ?? null,
      ...(roleArn === undefined ? {} : { RoleArn: roleArn }),
      StartTime: StartTime ?? null,
    },
    StateMachine: execution.context.StateMachine,
    State: knowsRetry(type) ? { ...state, RetryCount: frame.retryCount } : state,
    ...(token === undefined ? {} : { Task: { Token: token } }),
  };
}

/** A scope whose Context Object is given. In an iteration of a Map it has the item, too. */
export class GivenContextScope extends BranchScope {
  constructor(
    private readonly branch: Branch,
    private readonly given: JsonObject,
    private readonly item?: JsonObject,
  ) {
    super(branch.execution, branch.frame, Infinity);
  }

  override context(): JsonObject {
    return this.item === undefined ? this.given : { ...this.given, Map: { Item: this.item } };
  }

  /** The same for one item. */
  ofItem(item: JsonObject): GivenContextScope {
    return new GivenContextScope(this.branch, this.given, item);
  }
}
