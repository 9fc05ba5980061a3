import { ApiFailure, type Caller } from '../services/api';
import { renderFailure } from '../services/doors/aws-json';
import { STATES_JSON, statesServer } from '../services/doors/endpoints';
import type { HttpRequest, HttpResponse } from '../services/doors/http';
import type { Account } from '../services/states/account';
import { ApiError } from '../services/states/api-error';
import { statesApi } from '../services/states/api';
import { randomFromSeed } from '../simulator/random';

/** Answers the requests of clients. */
export type Desk = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

/**
 * The Step Functions API in its protocol, as SDKs and the AWS CLI speak it.
 * @param onDefect hears of what was no refusal: a defect of ours
 */
export function jsonProtocol(account: Account, onDefect: (error: Error) => void): Desk {
  const random = randomFromSeed(`${account.world.seed}/requests`);
  const door = statesServer(statesApi(() => account));
  return async (request, signal) => {
    const from: Caller = {
      who: 'A client of the server',
      epochMs: account.world.epochMs,
      region: account.region,
      accountId: account.id,
      state: undefined,
      executionArn: undefined,
      uuid: () => random.uuid(),
      park: () => () => undefined,
      signal,
    };
    try {
      return await door(request, from);
    } catch (error) {
      onDefect(error instanceof Error ? error : new Error(String(error)));
      return renderError(new ApiError('InternalFailure', `A defect of the simulator: ${String(error)}`), random.uuid());
    }
  };
}

/** The same before a desk is reached. */
export const renderError = (error: ApiFailure, requestId: string): HttpResponse => renderFailure(STATES_JSON, error, requestId);
