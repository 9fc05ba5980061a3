import type { Json } from '../../json/json';
import { randomFromSeed } from '../../simulator/random';
import { SimulatorError } from '../../simulator/simulator-error';
import type { Caller } from '../api';
import { endpointOf, isAwsHost } from '../doors/endpoints';
import type { HttpRequest, HttpResponse } from '../doors/http';
import { outsideEnvironment } from './function-environment';
import { type ForeignOperation, foreignOperation, tryFake, tryFakedDoor } from './faked-service';
import { invokeHandler, type InvocationResult } from './invoke-handler';
import { DEFAULT_TIMEOUT_MS, lambdaContext } from './lambda-context';
import { nameOf } from './lambda-function';
import type { InvocationTarget } from './invocation-target';
import type { LambdaWorld } from './lambda-world';
import type { LoadedHandler } from './load-handler';
import { type HandlerScope, inScope, outOfScope } from './network/handler-scope';
import { interceptNetwork } from './network/intercept';
import type { Turn, Turns } from './turns';

/** A handler as the APIs see it that it calls. */
export interface HandlerCaller extends Caller {
  /** Its place among the handlers that run at once; what it invokes has the same. */
  readonly turn: Turn;
}

/**
 * Runs a handler to its end. Its requests to AWS go to the world, and what else would leave this machine ends the invocation with a
 * `SimulatorError`, also if the handler catches what it gets of it. It takes no virtual time but what it waits for the world.
 */
export function runHandler(
  { lambda, invocation }: InvocationTarget,
  load: () => LoadedHandler,
  event: Json,
  from: Caller,
  world: LambdaWorld,
  turns: Turns,
): Promise<InvocationResult> {
  interceptNetwork();
  const name = nameOf(lambda);
  const who = `the handler of "${name}"`;
  const startMs = world.epochMs;
  const deadlineMs = startMs + (lambda.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const random = randomFromSeed(invocation.requestId);
  const inherited = (from as Partial<HandlerCaller>).turn;
  const turn = inherited ?? turns.take();
  const waits = new Set<() => void>();

  return new Promise((resolve, reject) => {
    let isOver = false;
    const end = (settle: () => void): void => {
      if (isOver) return;
      isOver = true;
      for (const goOn of waits) goOn();
      if (inherited === undefined) turn.leave();
      settle();
    };
    const refuse = (error: Error): void => end(() => reject(error));

    const park = (): (() => void) => {
      const unpark = from.park();
      if (inherited === undefined) turn.leave();
      const goOn = (): void => {
        if (!waits.delete(goOn)) return;
        if (inherited === undefined && waits.size === 0 && !isOver) turn.enter();
        unpark();
      };
      waits.add(goOn);
      world.after(Math.max(0, deadlineMs - world.epochMs), () => {
        if (waits.size > 0) end(() => resolve(timedOut(invocation.requestId, deadlineMs - startMs)));
      });
      return goOn;
    };

    const callerIn = (region: string | undefined): HandlerCaller => {
      const caller: HandlerCaller = {
        who,
        epochMs: world.epochMs,
        region: region ?? from.region,
        accountId: from.accountId,
        state: from.state,
        executionArn: from.executionArn,
        uuid: () => random.uuid(),
        park,
        turn,
        fake: (api, operation, request) => tryFake(api, operation, request, caller, world),
      };
      return caller;
    };

    const answer = async (request: HttpRequest): Promise<HttpResponse> => {
      if (isOver) {
        throw new SimulatorError(
          `${who} calls ${request.host} when its invocation has ended already. Await the call before the handler answers.`,
        );
      }
      const { service, region } = endpointOf(request.host);
      const foreign = foreignOperation(service, request);
      const door = world.doors().get(service) ?? (foreign === undefined ? undefined : tryFakedDoor(foreign, world));
      if (door === undefined) throw unknownService(who, name, service, foreign, request, world);
      await turn.come();
      const response = await door(request, callerIn(region));
      // The client waits in real time now, for up to some seconds: the guard against handlers that never answer begins anew.
      if (isRetried(response)) from.park()();
      return response;
    };

    const scope: HandlerScope = {
      send: (request) =>
        outOfScope(() => outsideEnvironment(() => answer(request))).catch((error: unknown) => {
          refuse(error as Error);
          throw error;
        }),
      refuse(where) {
        const error = new SimulatorError(
          `${who} wants to reach ${where}: while a handler runs, nothing leaves this machine. ` +
            (isAwsHost(where.replace(/:\d+$/, ''))
              ? `AWS is answered here to clients that use Node.js's http, https or http2, as the SDK does, and not fetch. Use those, or add a fake: lambda('${name}', …).`
              : `Serve it on loopback, or add a fake: lambda('${name}', …).`),
        );
        refuse(error);
        return error;
      },
      refuseChild(what) {
        const error = new SimulatorError(
          `${who} wants to start ${what}: while a handler runs, nothing leaves this machine, and what a handler starts cannot be watched. Do its work in the handler, or add a fake: lambda('${name}', …).`,
        );
        refuse(error);
        return error;
      },
    };

    inScope(scope, () => {
      try {
        const context = lambdaContext(lambda, invocation, startMs, () => Math.max(0, deadlineMs - world.epochMs));
        invokeHandler(load(), event, context).then((result) => end(() => resolve(result)), refuse);
      } catch (error) {
        refuse(error as Error);
      }
    });
  });
}

/** True for what SDK clients try again. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const isRetried = ({ status, headers, body }: HttpResponse): boolean =>
  status >= 500 ||
  status === 429 ||
  (status >= 400 &&
    /Throttl|TooManyRequests|ThroughputExceeded|RequestLimitExceeded|LimitExceededException|SlowDown/.test(
      `${headers['x-amzn-errortype']} ${typeof body === 'string' ? body : ''}`,
    ));

function unknownService(
  who: string,
  name: string,
  service: string,
  foreign: ForeignOperation | undefined,
  { host }: HttpRequest,
  world: LambdaWorld,
): SimulatorError {
  const known = [...world.doors().keys()].sort().join(', ');
  const fake = foreign === undefined ? '' : `service('${foreign.integration}', …), or `;
  return new SimulatorError(
    `${who} calls ${host}, but the service "${service}" is not simulated for handlers (simulated are: ${known}). Add a fake: ${fake}lambda('${name}', …).`,
  );
}

/** As Lambda reports it of Node.js 20 and later. https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html */
export function timedOut(requestId: string, timeoutMs: number): InvocationResult {
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
  return { kind: 'error', error: { errorType: 'Sandbox.Timedout', errorMessage } };
}
