import { renderJson } from '../../json/render-json';
import type { Account } from './account';
import { touchExecution } from './child-executions';
import { findActivity } from './find';
import type { RequestOf } from './request-model';
import { executionOfToken } from './tokens';

/** How long GetActivityTask waits for a task. https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html */
const POLL_MS = 60_000;

/**
 * GetActivityTask: answers with a task as soon as there is one, or with nothing after a minute.
 * @param signal whoever asks has gone away
 */
export function getActivityTask(
  account: Account,
  { activityArn, workerName }: RequestOf<'GetActivityTask'>,
  signal?: AbortSignal,
  park?: () => () => void,
): Promise<object> {
  const { arn } = findActivity(account, activityArn);
  // A task that is given to nobody would be open until it times out.
  if (signal?.aborted === true) return Promise.resolve({});
  return new Promise((resolve) => {
    const unpark = park?.();
    const stops: (() => void)[] = [];
    let isOver = false;
    const end = (answer: object): void => {
      isOver = true;
      unpark?.();
      for (const stop of stops) stop();
      signal?.removeEventListener('abort', giveUp);
      resolve(answer);
    };
    const giveUp = (): void => end({});
    stops.push(
      account.world.getActivityTask(arn, workerName, ({ taskToken, input }) => {
        touchExecution(account, executionOfToken(taskToken));
        end({ taskToken, input: renderJson(input) });
      }),
    );
    if (isOver) return;
    stops.push(account.after(POLL_MS, giveUp));
    signal?.addEventListener('abort', giveUp);
  });
}
