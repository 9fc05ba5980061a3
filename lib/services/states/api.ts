import type { Json } from '../../json/json';
import { stringField } from '../parameter-types';
import type { Api, Caller } from '../api';
import type { Account } from './account';
import { perform } from './operations';
import { type OperationName, REQUESTS } from './request-model';

/** What a state machine that nobody knows is refused with, before the API is asked. @throws SimulatorError */
export type RefuseUnknown = (from: Caller, stateMachineArn: string) => void;

/** The whole API of an account. */
export const statesApi = (accountOf: () => Account, refuse: RefuseUnknown = () => undefined): Api => ({
  name: 'sfn',
  operations: Object.fromEntries(
    (Object.keys(REQUESTS) as OperationName[]).map((name) => [
      name,
      async (request, from) => {
        const starts = name === 'StartExecution' || name === 'StartSyncExecution';
        const stateMachineArn = stringField(request, 'stateMachineArn');
        if (starts && stateMachineArn !== undefined) refuse(from, stateMachineArn);
        return toJson(await perform(accountOf(), name, request, from.signal, () => from.park()));
      },
    ]),
  ),
});

/** Times are seconds since 1970. */
function toJson(value: unknown): Json {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value as Json;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, toJson(member)]));
}
