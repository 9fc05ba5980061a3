import type { Json } from '../json/json';

/** What a worker is given. */
export interface ActivityTask {
  readonly taskToken: string;
  readonly input: Json;
}

/** A worker that asks for a task. */
export interface Poller {
  readonly workerName: string | undefined;
  readonly give: (task: ActivityTask) => void;
}

/** Tasks of activities that nobody has taken yet and workers that nobody has given one yet, by the activity's ARN, each the oldest first. */
export class ActivityQueue<Waiting> {
  private readonly tasks = new Map<string, Set<Waiting>>();
  private readonly pollers = new Map<string, Set<Poller>>();

  /** Some task waits for a worker. */
  get hasTasks(): boolean {
    return this.tasks.size > 0;
  }

  /** The oldest task. */
  oldestTask(activityArn: string): Waiting | undefined {
    const [oldest] = this.tasks.get(activityArn) ?? [];
    return oldest;
  }

  /** Takes out the worker that has waited longest. */
  takePoller(activityArn: string): Poller | undefined {
    const [oldest] = this.pollers.get(activityArn) ?? [];
    if (oldest !== undefined) this.leave(activityArn, oldest);
    return oldest;
  }

  /** Lets a task wait for a worker. */
  offer(activityArn: string, task: Waiting): void {
    add(this.tasks, activityArn, task);
  }

  /** Nobody can take the task any more. */
  withdraw(activityArn: string, task: Waiting): void {
    remove(this.tasks, activityArn, task);
  }

  /** Lets a worker wait for a task. */
  join(activityArn: string, poller: Poller): void {
    add(this.pollers, activityArn, poller);
  }

  /** The worker does not wait any more. */
  leave(activityArn: string, poller: Poller): void {
    remove(this.pollers, activityArn, poller);
  }
}

function add<T>(sets: Map<string, Set<T>>, key: string, member: T): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([member]));
  else set.add(member);
}

function remove<T>(sets: Map<string, Set<T>>, key: string, member: T): void {
  const set = sets.get(key);
  set?.delete(member);
  if (set?.size === 0) sets.delete(key);
}
