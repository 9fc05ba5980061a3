import { type Ending, isExpress } from '../execution';
import type { Child } from './map-run-snapshot';
import type { ShownChild } from './shown-map-run';

/** Children of a Map Run that have ended, for those who look at them: the latest ones. */
export class EndedChildren {
  private readonly byArn = new Map<string, ShownChild>();

  /** @param most how many are kept */
  add(child: Child, status: Ending['status'], epochMs: number, most: number): void {
    const { byArn } = this;
    // One that a redrive has left as it is has ended before.
    const stopMs = child.execution.history.recorded.at(-1)?.epochMs ?? epochMs;
    byArn.set(child.execution.arn, shown(child, status, stopMs));
    if (byArn.size > most) byArn.delete(byArn.keys().next().value as string);
  }

  /** It runs again. */
  delete(arn: string): void {
    this.byArn.delete(arn);
  }

  /** With those that run, the first started first. @param waiting ARNs of those that a redrive has yet to start */
  shownWith(running: Iterable<Child>, waiting: ReadonlySet<string | undefined>): readonly ShownChild[] {
    const ended = [...this.byArn.values()].map((child): ShownChild =>
      waiting.has(child.arn) ? { ...child, status: 'PENDING_REDRIVE', stopMs: undefined } : child,
    );
    return [...[...running].map((child) => shown(child, 'RUNNING', undefined)), ...ended].sort((a, b) => a.sequence - b.sequence);
  }
}

/** Of an Express execution nothing else is held. */
const shown = ({ items, sequence, execution }: Child, status: ShownChild['status'], stopMs: number | undefined): ShownChild => ({
  arn: execution.arn,
  name: execution.name,
  items,
  sequence,
  status,
  startMs: execution.startMs,
  stopMs,
  redrives: execution.redrives,
  execution: isExpress(execution.machine) ? undefined : execution,
});
