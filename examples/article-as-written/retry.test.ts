import { fails, lambda, neverAnswers, simulate, createTestWorld } from '../../lib/testing';
import '../../lib/testing/jest';
import asWritten from './retry.json';
import { withEdits } from './with-edits';

const answering = (answer: Parameters<typeof lambda>[1]) => lambda('call-service', answer);

describe('as written', () => {
  test('a service that is busy three times is asked a fourth time, within 2 + 4 + 8 seconds', async () => {
    const service = answering(fails('ServiceBusy').times(3).then({ ok: true }));
    const run = await simulate(asWritten, { fakes: [service] });
    expect(run).toSucceedWith({ ok: true });
    expect(service).toHaveBeenCalledTimes(4);
    expect(run.durationMs).toBeLessThanOrEqual(14_000); // MaxDelaySeconds 60 is never reached
  });

  test('what busy executions do next is spread over two seconds', async () => {
    const service = answering(fails('ServiceBusy'));
    const world = createTestWorld(undefined, { fakes: [service] });
    await Promise.all(Array.from({ length: 100 }, () => simulate(asWritten, { world })));
    const firstRetries = service.calls.filter(({ attempt }) => attempt === 1).map(({ at }) => at.getTime());
    expect(new Set(firstRetries).size).toBeGreaterThan(90);
    expect(Math.max(...firstRetries) - Math.min(...firstRetries)).toBeLessThanOrEqual(2_000);
  });

  test('States.TaskFailed means every error: what will never work is tried four times, too', async () => {
    const service = answering(fails('CardDeclined'));
    const run = await simulate(asWritten, { fakes: [service] });
    expect(run).toFailWith('CardDeclined');
    expect(service).toHaveBeenCalledTimes(4);
  });

  test('a function that times out is no States.Timeout: the first Retrier takes it', async () => {
    const service = answering(fails('Sandbox.Timedout').times(3).then({ ok: true }));
    const run = await simulate(asWritten, { fakes: [service] });
    expect(run).toSucceedWith({ ok: true });
    expect(run.durationMs).toBeLessThanOrEqual(14_000);
  });

  test('without TimeoutSeconds there is no States.Timeout to retry: the execution hangs', async () => {
    const run = simulate(asWritten, { fakes: [answering(neverAnswers())] });
    await expect(run).rejects.toThrow(/CallService.*TimeoutSeconds/s);
  });
});

const withTimeout = withEdits(asWritten, { '/States/CallService/TimeoutSeconds': 10 });

describe('with TimeoutSeconds', () => {
  test('it is retried after 5 and 15 seconds', async () => {
    const service = answering(neverAnswers().times(2).then({ ok: true }));
    const run = await simulate(withTimeout, { fakes: [service] });
    expect(run).toSucceedWith({ ok: true });
    expect(run).toHaveTaken(10 + 5 + 10 + 15);
  });

  test('a third States.Timeout fails the execution: the Retrier is exhausted', async () => {
    const service = answering(neverAnswers());
    expect(await simulate(withTimeout, { fakes: [service] })).toFailWith('States.Timeout', undefined);
    expect(service).toHaveBeenCalledTimes(3);
  });

  test('the second Retrier has no jitter: all that timed out together come back together', async () => {
    const service = answering(neverAnswers().times(100).then({ ok: true }));
    const world = createTestWorld(undefined, { fakes: [service] });
    await Promise.all(Array.from({ length: 100 }, () => simulate(withTimeout, { world })));
    const retries = service.calls.filter(({ attempt }) => attempt === 1).map(({ at }) => at.getTime());
    expect(retries).toHaveLength(100);
    expect(new Set(retries).size).toBe(1);
  });
});
