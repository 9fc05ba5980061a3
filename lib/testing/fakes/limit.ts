import { Agenda } from '../../simulator/agenda';
import { SimulatorError } from '../../simulator/simulator-error';
import { type OptionNames, refuseAll, unknownOptions } from '../check-options';
import { lengthOf, type Script, scriptOf, type Step, unanswered, UNFINISHED } from './script';

/** A number of calls, and what it is the limit of. */
export interface Limit {
  /**
   * So many calls a second: a token bucket, as AWS throttles by rate. Every call takes a token; there are at most `burst`, all of them at first, and they
   * come back evenly, at that rate. So a burst may be on top of the rate: within the first second of virtual time up to twice as many calls pass.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
   */
  perSecond(options?: RateOptions): Capacity;
  /**
   * So many calls in flight at one moment of virtual time, as a function's reserved concurrency. How long a call is in flight `takes` says, so there has
   * to be one; a call whose task has timed out is still in flight.
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
   */
  atOnce(): Capacity;
}

/** What is there beside the rate. */
export interface RateOptions {
  /**
   * How many calls may come at once after a pause: the size of the bucket. DynamoDB keeps what was not used in 300 seconds, API Gateway and Step
   * Functions have quotas for it. @default - as many as in a second
   */
  readonly burst?: number;
}

/** What a service can bear. */
export interface Capacity {
  /**
   * What is beyond the capacity fails at once. The script that it gives says with `then` how the calls within are answered: a value, a function of the
   * request, or a script such as `takes(…)`. Without `then`, whoever would answer without the fake does: the function's own handler, the simulated
   * service.
   * @param error the name that Retry and Catch see. @default - the service's own, such as `Lambda.TooManyRequestsException`
   * @param cause @default - with an error of the service's own, the cause that it gives; else none
   */
  elseThrottle(error?: string, cause?: string): Script;
}

/**
 * A capacity, on the virtual clock: what a service can bear, and how it throttles the rest. Each fake that it is given to has its own, in each world.
 *
 * ```ts
 * lambda(orders.chargeCard, limit(100).perSecond().elseThrottle())
 * lambda('charge-card', limit(10).atOnce().elseThrottle().then(takes(0.2, { paymentId: 'p-1' })))
 * service('dynamodb:putItem', limit(500).perSecond({ burst: 150_000 }).elseThrottle().then({}))
 * http('https://api.example.com', limit(5).perSecond().elseThrottle('Shop.Busy', 'come back later').then({ status: 200 }))
 * ```
 * One limit may stand within another: `limit(1000).perSecond().elseThrottle().then(limit(100).atOnce().elseThrottle().then(takes(1, 'done')))`. The
 * fake's `load` says what came, and `renderLoad` draws it.
 * @param count calls, a whole number of at least 1
 */
export function limit(count: number): Limit {
  refuseAll(notACount(count, 'limit()'));
  const unfinished: Limit & { readonly [UNFINISHED]: true } = {
    [UNFINISHED]: true,
    perSecond(options = {}) {
      const whose = `limit(${count}).perSecond()`;
      refuseAll(unknownOptions(options, RATE_OPTIONS, whose));
      const { burst = count } = options;
      refuseAll(notACount(burst, `The burst of ${whose}`));
      return capacity(() => tokenBucket(count, burst));
    },
    atOnce: () => capacity(() => places(count)),
  };
  return unfinished;
}

const RATE_OPTIONS: OptionNames<RateOptions> = { burst: true };

const notACount = (count: unknown, what: string): readonly string[] =>
  Number.isSafeInteger(count) && (count as number) >= 1
    ? []
    : [`${what} wants a whole number of calls, at least 1; it got ${String(count)}.`];

/** What lets calls pass. */
interface Gate {
  /** A call may pass, at a moment of virtual time. */
  isOpen(epochMs: number): boolean;
  /** It passes, and is answered so. */
  pass(epochMs: number, step: Step): void;
}

const capacity = (gate: () => Gate): Capacity & { readonly [UNFINISHED]: true } => ({
  [UNFINISHED]: true,
  elseThrottle(error, cause) {
    if (error !== undefined && (typeof error !== 'string' || error === ''))
      throw new SimulatorError(`elseThrottle() wants the name of an error, such as 'Busy'; it got ${JSON.stringify(error)}.`);
    const refused: Step = { kind: 'throttled', error, cause, durationMs: 0 };
    const limited = (within: Script, isComplete: boolean): Script =>
      scriptOf(
        () => {
          const { isOpen, pass } = gate();
          const next = within.open();
          return (call) => {
            if (!isOpen(call.epochMs)) return refused;
            const step = next(call);
            pass(call.epochMs, step);
            return step;
          };
        },
        lengthOf(within),
        // What comes next is within, too.
        (_, rest) => limited(isComplete ? within.then(rest) : rest, true),
      );
    return limited(unanswered(0), false);
  },
});

/** Counts thousandths of tokens, so that at a whole rate every millisecond brings a whole number of them. */
function tokenBucket(perSecond: number, burst: number): Gate {
  const fullAt = burst * 1000;
  let level = fullAt;
  let atMs = 0;
  return {
    isOpen(epochMs) {
      level = Math.min(fullAt, level + (epochMs - atMs) * perSecond);
      atMs = epochMs;
      return level >= 1000;
    },
    pass: () => void (level -= 1000),
  };
}

function places(count: number): Gate {
  const inFlight = new Agenda<{ readonly dueMs: number; readonly ticket: number }>(() => false);
  return {
    isOpen(epochMs) {
      while ((inFlight.peek()?.dueMs ?? Infinity) <= epochMs) inFlight.take();
      return inFlight.size < count;
    },
    pass(epochMs, { kind, durationMs }) {
      if (durationMs > 0) inFlight.add({ dueMs: epochMs + durationMs, ticket: 0 });
      else if (kind === 'answer' || kind === 'handler')
        throw new SimulatorError(
          `limit(${count}).atOnce() counts the calls in flight, and this one takes no virtual time. Say how long it takes: limit(${count}).atOnce().elseThrottle().then(takes(0.2, answer)), or takes(0.2) for a function's own handler.`,
        );
    },
  };
}
