import { parse } from '../../lib/asl/parse';
import type { StateMachineType } from '../../lib/asl/types';
import { isObject, type Json } from '../../lib/json/json';
import { compile } from '../../lib/simulator/compile';
import type { Machine } from '../../lib/simulator/execution';
import type { HistoryEvent } from '../../lib/simulator/history-event';
import type { Run } from '../../lib/simulator/run';
import type { Answer, Perform, TaskCall } from '../../lib/simulator/task-call';
import { createWorld, type World, type WorldOptions } from '../../lib/simulator/world';

/** What Task states are answered with: a value, by state, or computed from the call. */
export type Answers = Readonly<Record<string, (call: TaskCall, world: World) => Answer | Json>>;

export interface RunOptions extends Partial<WorldOptions> {
  readonly input?: Json;
  readonly answers?: Answers;
  readonly name?: string;
  readonly type?: StateMachineType;
}

/** An answer that takes virtual time. */
export const after = (durationMs: number, value: Json | Promise<Json> = null): Answer => ({ value, durationMs });

/** An answer that never comes. */
export const never: Answer = { value: null, durationMs: Infinity };

/** Resource of a Lambda invocation, the simplest one. */
export const INVOKE = 'arn:aws:states:::lambda:invoke';

/** A Task that invokes a function with the state's input. */
export const CALL = { Type: 'Task', Resource: INVOKE, Parameters: { FunctionName: 'f', 'Payload.$': '$' } };

/** The same in JSONata. */
export const CALL_IN_JSONATA = {
  Type: 'Task',
  Resource: INVOKE,
  Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
};

/** What the function is invoked with. */
export const payloadOf = ({ parameters }: TaskCall): Json => (parameters as { readonly Payload: Json }).Payload;

/** Resource of a task that waits for its token. */
export const SEND_AND_WAIT = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';

/** A definition with one state. */
export const only = (state: Record<string, unknown>, name = 'Only'): Record<string, unknown> => ({
  StartAt: name,
  States: { [name]: ['Succeed', 'Fail', 'Choice'].includes(String(state['Type'])) ? state : { End: true, ...state } },
});

export function machineOf(definition: unknown, type?: StateMachineType): Machine {
  return {
    name: 'Machine',
    arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Machine',
    roleArn: 'arn:aws:iam::123456789012:role/MachineRole',
    type,
    program: compile(parse(definition, { type })),
  };
}

/** A world whose Task states get these answers; the answer to a state that has none is null. */
export function worldOf({ answers = {}, ...options }: Omit<RunOptions, 'input' | 'name' | 'type'> = {}): World {
  const perform: Perform = (call) => {
    const answer = answers[call.state]?.(call, world);
    return isAnswer(answer) ? answer : { value: answer ?? null, durationMs: 0 };
  };
  const world = createWorld({ perform, ...options });
  return world;
}

const isAnswer = (answer: Answer | Json | undefined): answer is Answer =>
  isObject(answer as Json) && 'durationMs' in (answer as object);

/** Runs a definition to its end in a world of its own. */
export async function runDefinition(
  definition: unknown,
  { input = {}, name = 'run', type, ...options }: RunOptions = {},
): Promise<Run> {
  return worldOf(options).startExecution(machineOf(definition, type), input, name).run();
}

/** One line per event, `2←0 PassStateEntered Only`: ids, order and names at a glance. */
export const linesOf = (run: Run): string[] => run.events.map(line);

function line(event: HistoryEvent): string {
  const details = detailsOf(event);
  const words = [details['name'], details['index'], details['error']].filter((word) => word !== undefined);
  return [`${event.id}←${event.previousEventId}`, event.type, ...words].join(' ');
}

/** The details of an event, whatever their member is called; `{}` if it has none. */
export function detailsOf(event: HistoryEvent | undefined): Record<string, unknown> {
  const [, details] = Object.entries(event ?? {}).find(([member]) => member.endsWith('EventDetails')) ?? [];
  return (details ?? {}) as Record<string, unknown>;
}

/** Details of the first event of a type. */
export const detailsOfType = (run: Run, type: string): Record<string, unknown> =>
  detailsOf(run.events.find((event) => event.type === type));

/** Types of the events, in order. */
export const typesOf = (run: Run): string[] => run.events.map(({ type }) => type);

/** Seconds from the start to each event. */
export const secondsOf = (run: Run): number[] =>
  run.events.map(({ timestamp }) => (timestamp.getTime() - run.startDate.getTime()) / 1000);

/** Everything that an observer sees of a run, as text: equal texts, equal runs. */
export const renderRun = ({ events, ...run }: Run): string => JSON.stringify([run, events], undefined, 1);
