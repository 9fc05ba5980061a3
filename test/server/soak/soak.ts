import {
  GetActivityTaskCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { randomFromSeed, type SeededRandom } from '../../../lib/simulator/random';
import { sendBadRequest } from './bad-requests';
import { type Answer, contradictions, type Entry, type Event, type Seen, STOP } from './ledger';
import { wire } from './wire';
import type { WorkflowName } from './workflows';

const ARN = 'arn:aws:states:us-east-1:123456789012';
const ACTIVITY = `${ARN}:activity:pack`;

/** Nobody comes to feel it: the soak is over long before. In virtual seconds. */
const LONG = 1_000_000;

/** What came of a request: what it was answered, the name of the exception, or nothing. */
type Outcome<T> = { readonly answer: T } | { readonly refused: string } | 'lost';

/** Clients that use a server, and hold against one another what it tells them. */
export class Soak {
  readonly entries = new Map<string, Entry>();
  /** What the server has answered that it should not. */
  readonly wrong: string[] = [];
  badRequests = 0;
  private readonly clients: readonly SFNClient[];
  private readonly workers: readonly SFNClient[];
  private readonly late: { readonly entry: Entry; readonly token: string }[] = [];
  private isOver = false;

  /**
   * @param back waits until there is a server; a new promise for each one
   * @param count of clients at once
   */
  constructor(
    private readonly seed: string,
    private readonly port: number,
    private readonly back: () => Promise<void>,
    count: number,
  ) {
    const clients = Array.from(
      { length: count },
      () =>
        new SFNClient({
          endpoint: `http://127.0.0.1:${port}`,
          region: 'us-east-1',
          credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
          disableHostPrefix: true,
          maxAttempts: 1,
        }),
    );
    this.workers = clients.slice(0, count / 8);
    this.clients = clients.slice(count / 8);
  }

  /**
   * Runs executions with these numbers.
   * @param onBegin hears of each
   */
  async run(from: number, to: number, onBegin: (number: number) => void = () => undefined): Promise<void> {
    this.isOver = false;
    const polls = Promise.all(this.workers.map((client, index) => this.work(client, `${from}/${index}`)));
    let next = from;
    await Promise.all(
      this.clients.map(async (client) => {
        while (next < to) {
          const number = next++;
          onBegin(number);
          const random = randomFromSeed(`${this.seed}/${number}`);
          const bad = number % 2 === 0 ? this.sendBad(random) : undefined;
          await this.play(client, number, random);
          await bad;
        }
      }),
    );
    // Parcels that nobody has packed yet.
    await this.until(async () => (await this.list('parcel', 'RUNNING')).length === 0);
    this.isOver = true;
    await polls;
  }

  close(): void {
    for (const client of [...this.clients, ...this.workers]) client.destroy();
  }

  /** Answers what is over by now, and stops what nobody will end. */
  async finish(): Promise<void> {
    const [client] = this.clients as [SFNClient];
    await this.until(async () => {
      const open = await Promise.all((['approval', 'pause'] as const).map((workflow) => this.list(workflow, 'RUNNING')));
      return !open.flat().some(({ executionArn }) => /:(?:silent|pause)-/.test(executionArn));
    });
    for (const { entry, token } of this.late) this.expectRefusal(entry, 'TaskTimedOut', await this.answer(client, token, 'late'));
    for (const workflow of ['approval', 'both', 'order'] as const) {
      for (const { executionArn } of await this.list(workflow, 'RUNNING')) {
        const entry = this.entries.get(executionArn);
        if (entry?.answers.some(({ fate }) => fate === 'acknowledged') === true && workflow === 'approval')
          this.complain(entry, 'it runs on after its answer');
        if (entry !== undefined) await this.stop(client, entry);
      }
    }
  }

  /** Everything that the API shows which cannot be true, after the end. */
  async audit(): Promise<readonly string[]> {
    const wrong: string[] = [];
    const listed = new Map<string, string>();
    for (const workflow of ['approval', 'both', 'parcel', 'order', 'quote', 'note', 'pause'] as const) {
      for (const { executionArn, status } of await this.list(workflow)) {
        if (listed.has(executionArn)) wrong.push(`${executionArn} is listed twice`);
        if (!this.entries.has(executionArn)) wrong.push(`${executionArn}: nobody has started it`);
        listed.set(executionArn, status);
      }
    }
    const entries = [...this.entries.values()];
    let next = 0;
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        while (next < entries.length) {
          const entry = entries[next++] as Entry;
          const seen = await this.tryDescribe(entry.arn);
          if (seen === undefined) {
            if (entry.start === 'acknowledged') wrong.push(`${entry.arn} is lost`);
            if (listed.has(entry.arn)) wrong.push(`${entry.arn} is listed, and is not there`);
            continue;
          }
          if (listed.get(entry.arn) !== seen.status)
            wrong.push(`${entry.arn} is listed as ${listed.get(entry.arn)}, and is ${seen.status}`);
          const child = entry.workflow === 'order' ? await this.tryDescribe(childOf(entry)) : undefined;
          wrong.push(...contradictions(entry, seen, await this.history(entry.arn), child));
        }
      }),
    );
    return wrong;
  }

  /** All executions of a state machine, by pages. */
  async list(workflow: WorkflowName, statusFilter?: string): Promise<readonly Seen[]> {
    const all: Seen[] = [];
    let nextToken: string | undefined;
    do {
      const stateMachineArn = `${ARN}:stateMachine:${workflow}`;
      const page = await this.ask<{ readonly executions: readonly Seen[]; readonly nextToken?: string }>('ListExecutions', {
        stateMachineArn,
        statusFilter,
        nextToken,
        maxResults: 1000,
      });
      all.push(...page.executions);
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    return all;
  }

  private async play(client: SFNClient, number: number, random: SeededRandom): Promise<void> {
    const chance = random.next() * 100;
    if (chance < 38) await this.approve(client, number, random);
    else if (chance < 46) await this.reject(client, number, random);
    else if (chance < 50) await this.leave(client, number, random);
    else if (chance < 57) await this.interrupt(client, number, random);
    else if (chance < 62) await this.race(client, number, random);
    else if (chance < 74) await this.begin(client, this.enter('parcel', `parcel-${number}`, { id: number }), random);
    else if (chance < 82) await this.order(client, number, random);
    else if (chance < 87) await this.quote(client, number, random);
    else if (chance < 92) await this.both(client, number, random);
    else if (chance < 97) await this.price(client, number, random);
    else await this.pause(client, number, random);
  }

  /** Started directly, in a version, or by the alias; now and then with a long input. */
  private async begun(
    client: SFNClient,
    number: number,
    random: SeededRandom,
    { kind, silent = false }: { readonly kind: string; readonly silent?: boolean },
  ): Promise<{ readonly entry: Entry; readonly token: string } | undefined> {
    const padding = random.next() < 0.003 ? 'ü'.repeat(50_000) : '';
    const [timeout, heartbeat] = silent ? [40 + random.next() * 20, 30 + random.next() * 20].map(Math.floor) : [LONG + 1, LONG];
    const entry = this.enter('approval', `${kind}-${number}`, { id: number, padding, timeout, heartbeat }, silent);
    const qualifier = ['', '', ':1', ':2', ':live'][Math.floor(random.next() * 5)] ?? '';
    if (!(await this.begin(client, entry, random, qualifier))) return undefined;
    if (random.next() < 0.05) await this.beginAgain(client, entry, qualifier);
    const [token] = await this.tokens(entry.arn, 1);
    return { entry, token: token as string };
  }

  private async approve(client: SFNClient, number: number, random: SeededRandom): Promise<void> {
    const begun = await this.begun(client, number, random, { kind: 'approve' });
    if (begun === undefined) return;
    const { entry, token } = begun;
    while (random.next() < 0.3) {
      const beat = await this.send(() => client.send(new SendTaskHeartbeatCommand({ taskToken: token })));
      if (beat !== 'lost' && 'refused' in beat) this.complain(entry, `a heartbeat was refused: ${beat.refused}`);
    }
    await this.settle(client, entry, token, random, 'success');
    if (random.next() < 0.1) this.expectRefusal(entry, 'TaskTimedOut', await this.answer(client, token, 'twice'));
  }

  private async reject(client: SFNClient, number: number, random: SeededRandom): Promise<void> {
    const begun = await this.begun(client, number, random, { kind: 'reject' });
    if (begun !== undefined) await this.settle(client, begun.entry, begun.token, random, 'failure');
  }

  private async leave(client: SFNClient, number: number, random: SeededRandom): Promise<void> {
    const begun = await this.begun(client, number, random, { kind: 'silent', silent: true });
    if (begun !== undefined) this.late.push(begun);
  }

  private async interrupt(client: SFNClient, number: number, random: SeededRandom): Promise<void> {
    const begun = await this.begun(client, number, random, { kind: 'interrupt' });
    if (begun === undefined) return;
    await this.stop(client, begun.entry);
    if (begun.entry.stop === 'acknowledged')
      this.expectRefusal(begun.entry, 'TaskTimedOut', await this.answer(client, begun.token, 'late'));
  }

  /** Two answers and a stop at once: only one of the answers may be taken. */
  private async race(client: SFNClient, number: number, random: SeededRandom): Promise<void> {
    const begun = await this.begun(client, number, random, { kind: 'race' });
    if (begun === undefined) return;
    const { entry, token } = begun;
    await Promise.all([
      this.settle(client, entry, token, random, 'success', true),
      this.settle(client, entry, token, random, random.next() < 0.5 ? 'success' : 'failure', true),
      random.next() < 0.5 ? this.stop(client, entry) : undefined,
    ]);
  }

  private async order(client: SFNClient, number: number, random: SeededRandom): Promise<void> {
    const input = { id: number, timeout: LONG + 1, heartbeat: LONG };
    const entry = this.enter('order', `order-${number}`, input);
    const child = this.enter('approval', `order-${number}-child`, input);
    if (!(await this.begin(client, entry, random))) return;
    if (random.next() < 0.1) {
      // Its child is stopped with it.
      child.stop = 'parent';
      await this.stop(client, entry);
    }
    if (entry.stop !== undefined && (await this.tryDescribe(child.arn)) === undefined) return;
    const [token] = await this.tokens(child.arn, 1);
    await this.settle(client, child, token as string, random, random.next() < 0.8 ? 'success' : 'failure');
  }

  private async quote(client: SFNClient, number: number, random: SeededRandom): Promise<void> {
    const entry = this.enter('quote', `quote-${number}`, { id: number });
    this.enter('note', `quote-${number}-child`, { id: number });
    await this.begin(client, entry, random);
  }

  private async both(client: SFNClient, number: number, random: SeededRandom): Promise<void> {
    const entry = this.enter('both', `both-${number}`, { id: number });
    if (!(await this.begin(client, entry, random))) return;
    const tokens = await this.tokens(entry.arn, 2);
    await Promise.all(tokens.map((token) => this.settle(client, entry, token, random, 'success')));
  }

  private async pause(client: SFNClient, number: number, random: SeededRandom): Promise<void> {
    const entry = this.enter('pause', `pause-${number}`, { id: number });
    if ((await this.begin(client, entry, random)) && random.next() < 0.5) await this.stop(client, entry);
  }

  private async price(client: SFNClient, number: number, random: SeededRandom): Promise<void> {
    const stateMachineArn = `${ARN}:stateMachine:price`;
    const input = JSON.stringify({ a: number, b: Math.floor(random.next() * 100) });
    if (random.next() < 0.3) {
      const started = await this.send(() => client.send(new StartExecutionCommand({ stateMachineArn, input })));
      if (started !== 'lost' && 'refused' in started) this.wrong.push(`price ${number}: ${started.refused}`);
      return;
    }
    const priced = await this.send(() => client.send(new StartSyncExecutionCommand({ stateMachineArn, input })));
    if (priced === 'lost') return;
    const { a, b } = JSON.parse(input) as { readonly a: number; readonly b: number };
    if ('refused' in priced || priced.answer.output !== JSON.stringify({ sum: a + b }))
      this.wrong.push(`price ${number}: ${JSON.stringify(priced)}`);
  }

  /** A worker that polls until the soak is over. */
  private async work(client: SFNClient, name: string): Promise<void> {
    const random = randomFromSeed(`${this.seed}/worker/${name}`);
    while (!this.isOver) {
      const polled = await this.send(() =>
        client.send(new GetActivityTaskCommand({ activityArn: ACTIVITY, workerName: name.replace('/', '-') })),
      );
      if (polled === 'lost') continue;
      if ('refused' in polled) this.wrong.push(`GetActivityTask: ${polled.refused}`);
      else if (polled.answer.taskToken !== undefined) {
        const { id } = JSON.parse(polled.answer.input ?? '') as { readonly id: number };
        const entry = this.entries.get(`${ARN}:execution:parcel:parcel-${id}`) as Entry;
        // Should this be lost, it may be the next worker's.
        await this.settle(client, entry, polled.answer.taskToken, random, 'success', false);
      }
    }
  }

  private enter(workflow: WorkflowName, name: string, input: object, silent = false): Entry {
    const arn = `${ARN}:execution:${workflow}:${name}`;
    const entry: Entry = {
      workflow,
      name,
      arn,
      input: JSON.stringify(input),
      start: undefined,
      stop: undefined,
      answers: [],
      silent,
    };
    this.entries.set(arn, entry);
    return entry;
  }

  /** @returns whether it was acknowledged: one that was lost is sometimes left so */
  private async begin(client: SFNClient, entry: Entry, random: SeededRandom, qualifier = ''): Promise<boolean> {
    const { workflow, name, input, arn } = entry;
    const command = { stateMachineArn: `${ARN}:stateMachine:${workflow}${qualifier}`, name, input };
    for (;;) {
      const started = await this.send(() => client.send(new StartExecutionCommand(command)));
      if (started === 'lost') {
        entry.start = 'lost';
        if (random.next() < 0.25) return false;
        continue;
      }
      if ('refused' in started) {
        const wasDone = entry.start === 'lost' && started.refused === 'ExecutionAlreadyExists';
        if (!wasDone) this.complain(entry, `its start was refused: ${started.refused}`);
      } else if (started.answer.executionArn !== arn) this.complain(entry, `it was started as ${started.answer.executionArn}`);
      entry.start = 'acknowledged';
      return true;
    }
  }

  /** The same start is answered the same, another one of that name is refused. */
  private async beginAgain(client: SFNClient, { workflow, name, input, arn }: Entry, qualifier: string): Promise<void> {
    const stateMachineArn = `${ARN}:stateMachine:${workflow}${qualifier}`;
    const [same, other] = await Promise.all(
      [input, '{"other":true}'].map((text) =>
        this.send(() => client.send(new StartExecutionCommand({ stateMachineArn, name, input: text }))),
      ),
    );
    const entry = this.entries.get(arn) as Entry;
    const isDone = entry.silent && same !== 'lost' && 'refused' in (same as object);
    if (same !== 'lost' && !isDone && (same as { answer?: { executionArn?: string } }).answer?.executionArn !== arn)
      this.complain(entry, `the same start once more: ${JSON.stringify(same)}`);
    this.expectRefusal(entry, 'ExecutionAlreadyExists', other as Outcome<unknown>);
  }

  /**
   * Answers a task, and tries again if that is lost, or sometimes not.
   * @param contested somebody else may have ended it
   */
  private async settle(
    client: SFNClient,
    entry: Entry,
    token: string,
    random: SeededRandom,
    kind: Answer['kind'],
    contested = false,
  ): Promise<void> {
    const isCaught = random.next() < 0.5;
    const word = kind === 'success' ? 'ok' : isCaught ? 'reject' : 'break';
    const answer: Answer = { kind, text: `answer ${word} ${entry.name} ${random.uuid()}`, fate: 'lost' };
    const command =
      kind === 'success'
        ? new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(answer.text) })
        : new SendTaskFailureCommand({ taskToken: token, error: isCaught ? 'Rejected' : 'Broken', cause: answer.text });
    for (let attempt = 0; ; attempt++) {
      const sent = await this.send(() => client.send(command as SendTaskSuccessCommand));
      if (sent !== 'lost' && 'refused' in sent) {
        // The first attempt has been done, or not; then somebody else was first.
        const isKnown = attempt > 0 || contested || entry.stop !== undefined || entry.workflow === 'parcel';
        if (sent.refused !== 'TaskTimedOut' || !isKnown) this.complain(entry, `its answer was refused: ${sent.refused}`);
        if (attempt > 0) entry.answers.push(answer);
        return;
      }
      if (sent !== 'lost') answer.fate = 'acknowledged';
      if (sent !== 'lost' || random.next() < 0.25) return void entry.answers.push(answer);
    }
  }

  private answer(client: SFNClient, token: string, text: string): Promise<Outcome<unknown>> {
    return this.send(() => client.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(text) })));
  }

  private async stop(client: SFNClient, entry: Entry): Promise<void> {
    entry.stop = 'lost';
    const stopped = await this.send(() => client.send(new StopExecutionCommand({ executionArn: entry.arn, ...STOP })));
    if (stopped === 'lost') return;
    if ('refused' in stopped) this.complain(entry, `its stop was refused: ${stopped.refused}`);
    entry.stop = 'acknowledged';
  }

  private async sendBad(random: SeededRandom): Promise<void> {
    const server = this.back();
    await server;
    const answer = await sendBadRequest(this.port, random);
    if (answer === 'lost') {
      await this.cut(server, 'a bad request');
      return this.sendBad(random);
    }
    this.badRequests++;
    if (answer !== undefined) this.wrong.push(answer.wrong);
  }

  private expectRefusal(entry: Entry, name: string, outcome: Outcome<unknown>): void {
    if (outcome !== 'lost' && !('refused' in outcome && outcome.refused === name))
      this.complain(entry, `${name} was expected: ${JSON.stringify(outcome)}`);
  }

  private complain({ arn }: Entry, what: string): void {
    this.wrong.push(`${arn}: ${what}`);
  }

  /** The tokens that an execution waits for, from its history. */
  private async tokens(executionArn: string, count: number): Promise<readonly string[]> {
    let tokens: readonly string[] = [];
    await this.until(async () => {
      tokens = (await this.history(executionArn)).flatMap(({ taskScheduledEventDetails: scheduled }) =>
        scheduled === undefined
          ? []
          : [(JSON.parse(scheduled.parameters ?? '') as { MessageBody: { token: string } }).MessageBody.token],
      );
      return tokens.length === count;
    });
    return tokens;
  }

  private async history(executionArn: string): Promise<readonly Event[]> {
    return (
      (await this.ask<{ readonly events?: readonly Event[] }>('GetExecutionHistory', { executionArn, maxResults: 1000 }))
        .events ?? []
    );
  }

  private async tryDescribe(executionArn: string): Promise<Seen | undefined> {
    const seen = await this.ask<Seen & { readonly __type?: string }>('DescribeExecution', { executionArn });
    return seen.__type?.endsWith('#ExecutionDoesNotExist') === true ? undefined : seen;
  }

  /** What only reads, without the SDK, which takes longer than the server. Asked again if it is lost. */
  private async ask<T>(operation: string, request: object): Promise<T> {
    for (;;) {
      const server = this.back();
      await server;
      const answer = await wire(this.port, { target: `AWSStepFunctions.${operation}`, body: JSON.stringify(request) });
      if (answer !== undefined) return JSON.parse(answer.body) as T;
      await this.cut(server, operation);
    }
  }

  private async send<T>(send: () => Promise<T>): Promise<Outcome<T>> {
    const server = this.back();
    await server;
    try {
      return { answer: await send() };
    } catch (error) {
      const { name, $response } = error as { readonly name: string; readonly $response?: unknown };
      if ($response !== undefined) return { refused: name };
      await this.cut(server, (error as Error).message);
      return 'lost';
    }
  }

  /** A connection is cut when the server is killed, and never otherwise. */
  private async cut(server: Promise<void>, what: string): Promise<void> {
    if (this.back() === server) this.wrong.push(`the connection was cut: ${what}`);
    await this.back();
  }

  private async until(holds: () => Promise<boolean>): Promise<void> {
    const endsMs = Date.now() + 60_000;
    while (!(await holds())) {
      if (Date.now() > endsMs) throw new Error(`Waited a minute in vain: ${holds.toString()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

const childOf = ({ name }: Entry): string => `${ARN}:execution:approval:${name}-child`;
