import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { WorkflowName } from './workflows';

/** What somebody knows of a request of his: it was answered, or the connection was lost and it may have been done or not. */
export type Fate = 'acknowledged' | 'lost';

/** An answer to a task. Its text is nobody else's, and is found again in the history. */
export interface Answer {
  readonly kind: 'success' | 'failure';
  readonly text: string;
  fate: Fate;
}

/** What the clients have asked for an execution, and what they were told. */
export interface Entry {
  readonly workflow: WorkflowName;
  readonly name: string;
  readonly arn: string;
  readonly input: string;
  start: Fate | undefined;
  /** `parent`: the execution that waits for it is stopped. */
  stop: Fate | 'parent' | undefined;
  readonly answers: Answer[];
  /** Nobody answers. */
  readonly silent: boolean;
}

/** How the API shows an execution. */
export interface Seen {
  readonly executionArn: string;
  readonly status: string;
  readonly input?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
}

/** What an execution is stopped with. */
export const STOP = { error: 'Stopped', cause: 'enough' } as const;

/** An event as JSON has it: its time in seconds. */
export type Event = Omit<HistoryEvent, 'timestamp'> & { readonly timestamp: number };

/** Everything about an execution that cannot be true. */
export function contradictions(entry: Entry, seen: Seen, events: readonly Event[], child: Seen | undefined): readonly string[] {
  const wrong: string[] = [];
  const claim = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(`${entry.workflow} ${entry.name}: ${what}; ${JSON.stringify({ entry, seen })}`);
  };
  checkHistory(entry, seen, events, claim);
  const effects = effectsOf(events);
  const known = new Map(entry.answers.map((answer) => [answer.text, answer]));
  claim(new Set(effects).size === effects.length, `an answer has had its effect twice: ${effects.join(', ')}`);
  for (const effect of effects) claim(known.has(effect), `nobody has answered ${effect}`);
  for (const { text, fate } of entry.answers)
    claim(fate === 'lost' || effects.includes(text), `the acknowledged answer ${text} has had no effect`);
  claim(hasInput(entry, seen.input), 'the input is another');
  checkEnd(entry, seen, events, effects, child, claim);
  return wrong;
}

type Claim = (holds: boolean, what: string) => void;

function checkHistory(entry: Entry, { status }: Seen, events: readonly Event[], claim: Claim): void {
  events.forEach(({ id, previousEventId, timestamp }, index) => {
    claim(id === index + 1, `event ${index + 1} has the id ${id}`);
    claim((previousEventId ?? 0) < index + 1, `event ${id} follows ${previousEventId}`);
    claim(timestamp >= (events[index - 1]?.timestamp ?? 0), `event ${id} is earlier than the one before it`);
  });
  const [first] = events;
  claim(first?.type === 'ExecutionStarted' && hasInput(entry, first.executionStartedEventDetails?.input), 'it begins otherwise');
  const ends = events.flatMap(({ type }) => /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.exec(type ?? '')?.[1] ?? []);
  const shown = status.replace('_', '').toLowerCase();
  claim(ends.length === 1 && ends[0]?.toLowerCase() === shown, `its history ends with ${ends.join(', ')}`);
  claim(events.at(-1)?.type?.startsWith('Execution') === true, 'something happens after its end');
}

/** The texts of the answers that tasks have had. */
const effectsOf = (events: readonly Event[]): readonly string[] =>
  events.flatMap((event) => {
    const output = event.taskSucceededEventDetails?.output ?? event.activitySucceededEventDetails?.output;
    const { cause } = event.taskFailedEventDetails ?? event.activityFailedEventDetails ?? {};
    // The answer of a nested execution is an object.
    return output?.startsWith('"') === true
      ? [JSON.parse(output) as string]
      : cause?.startsWith('answer ') === true
        ? [cause]
        : [];
  });

function checkEnd(
  entry: Entry,
  seen: Seen,
  events: readonly Event[],
  effects: readonly string[],
  child: Seen | undefined,
  claim: Claim,
): void {
  const { status, error, cause } = seen;
  if (status === 'ABORTED') {
    claim(entry.stop !== undefined, 'nobody has stopped it');
    const isStopped = error === STOP.error && cause === STOP.cause;
    const isStoppedWithParent = entry.name.endsWith('-child') && error === undefined && cause === undefined;
    return claim(isStopped || isStoppedWithParent, 'it was stopped for another reason');
  }
  if (entry.workflow === 'order') return checkOrder(seen, child, claim);
  if (status === 'FAILED' && error === 'Broken')
    return claim(effects.includes(cause ?? ''), 'it has failed with a cause that nobody gave');
  if (status !== 'SUCCEEDED') {
    claim(entry.silent && /^States\.(Timeout|HeartbeatTimeout)$/.test(error ?? ''), 'it has ended as it should not');
    return checkPatience(entry, events, claim);
  }
  const output: unknown = JSON.parse(seen.output ?? 'null');
  const input = JSON.parse(entry.input) as object;
  const [effect] = effects;
  switch (entry.workflow) {
    case 'approval': {
      const { version, ...rest } = output as { readonly version: number };
      const rejected = effect?.startsWith('answer reject') === true;
      claim(
        isSame(rest, { ...input, ...(rejected ? { rejected: { Error: 'Rejected', Cause: effect } } : { answer: effect }) }),
        'its output',
      );
      const { stateMachineVersionArn } = seen;
      return claim(
        stateMachineVersionArn === undefined || stateMachineVersionArn.endsWith(`:${version}`),
        'it has run another version',
      );
    }
    case 'both':
      return claim(isSame([...(output as string[])].sort(), [...effects].sort()) && effects.length === 2, 'its output');
    case 'parcel':
      return claim(isSame(output, { ...input, answer: effect }), 'its output');
    case 'note':
    case 'quote':
    case 'pause':
      return claim(isSame(output, input), 'its output');
  }
}

function checkOrder(seen: Seen, child: Seen | undefined, claim: Claim): void {
  const { status, output } = seen;
  if (status === 'SUCCEEDED')
    claim(child?.status === 'SUCCEEDED' && child.output === output, 'its output is not that of the nested one');
  else claim(status === 'FAILED' && child !== undefined && child.status !== 'SUCCEEDED', 'the nested one has ended otherwise');
}

/** A task is given up when its time is over, and not before. */
function checkPatience(entry: Entry, events: readonly Event[], claim: Claim): void {
  const { timeout, heartbeat } = JSON.parse(entry.input) as { readonly timeout: number; readonly heartbeat: number };
  const started = events.find(({ type }) => type === 'TaskStarted')?.timestamp ?? 0;
  const ended = events.find(({ type }) => type === 'TaskTimedOut')?.timestamp ?? 0;
  claim(ended - started > Math.min(timeout, heartbeat) - 0.01, `the task was given up after ${ended - started} s`);
}

/** What a workflow makes has an order of its own. */
const hasInput = ({ input, name }: Entry, text: string | undefined): boolean =>
  text === input || (name.endsWith('-child') && isSame(JSON.parse(text ?? 'null'), JSON.parse(input)));

/** Fields in any order. */
const isSame = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([x], [y]) => (x < y ? -1 : 1)))
      : member,
  );
