import type { Account } from '../services/states/account';
import { Saver } from '../services/states/saver';
import type { Desk } from './json-protocol';
import { writeStateFile } from './state-file';

/** How often what has changed without a request is saved, in real milliseconds. */
const SAVE_EVERY_MS = 200;

/** Keeps an account in a file. */
export interface Keeper {
  /** A desk that gives no answer before what it tells is in the file. */
  behind(desk: Desk): Desk;
  close(): void;
}

/** Begins to keep an account in a file. @throws SimulatorError if it cannot be written */
export function keep(account: Account, path: string): Keeper {
  const saver = new Saver(account);
  const file = writeStateFile(path, saver.changes());
  const save = (): void => file.append(saver.changes());
  const timer = setInterval(save, SAVE_EVERY_MS).unref();
  return {
    behind: (desk) => async (request, signal) => {
      const response = await desk(request, signal);
      save();
      return response;
    },
    close() {
      clearInterval(timer);
      save();
      file.close();
    },
  };
}
