import type { Account } from '../services/states/account';
import { Saver } from '../services/states/saver';
import { SimulatorError } from '../simulator/simulator-error';
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

/**
 * Begins to keep an account in a file.
 * @param onDefect hears that the file cannot be written any more, as on a full disk
 * @throws SimulatorError if it cannot be written
 */
export function keep(account: Account, path: string, onDefect: (error: Error) => void): Keeper {
  const saver = new Saver(account);
  const file = writeStateFile(path, saver.changes());
  let broken: SimulatorError | undefined;
  // What could not be written is lost to the file: nothing that comes later would make sense behind it.
  const save = (): void => {
    if (broken !== undefined) throw broken;
    try {
      file.append(saver.changes());
    } catch (error) {
      broken = new SimulatorError(
        `${path} cannot be written any more, and no request is answered: ${(error as Error).message}.`,
        {
          cause: error,
        },
      );
      onDefect(broken);
      throw broken;
    }
  };
  const saveSometimes = (): void => {
    try {
      save();
    } catch {
      clearInterval(timer);
    }
  };
  const timer = setInterval(saveSometimes, SAVE_EVERY_MS).unref();
  return {
    behind: (desk) => async (request, signal) => {
      const response = await desk(request, signal);
      save();
      return response;
    },
    close() {
      saveSometimes();
      clearInterval(timer);
      file.close();
    },
  };
}
