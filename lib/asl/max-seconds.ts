/** Longest delay, timeout or heartbeat, in seconds. https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html */
export const MAX_SECONDS = 99_999_999;
