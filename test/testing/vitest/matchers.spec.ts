// Run by vitest.long.test.ts, by Vitest.
import { expect, test } from 'vitest';
import { fails, lambda, matchers, serializer, simulate } from '../../../lib/testing';
import { inARow, invoke } from '../definitions';

expect.extend(matchers);
expect.addSnapshotSerializer(serializer);

const definition = inARow({ Ask: invoke('f'), Rest: { Type: 'Wait', Seconds: 3_600 } });

test('runs on virtual time, with fakes that count their calls', async () => {
  const fake = lambda('f', ({ items }: { items: number }) => ({ price: items * 7 }));
  const run = await simulate(definition, { input: { items: 3 }, fakes: [fake] });
  expect(run).toSucceedWith({ price: 21 });
  expect(run).toSucceedWith(expect.objectContaining({ price: 21 }));
  expect(run).not.toSucceedWith({ price: 22 });
  expect(run).toHaveVisited('Ask', 'Rest');
  expect(run).toHaveTaken(3_600);
  expect(fake).toHaveBeenCalledTimes(1);
  expect(fake).toHaveBeenCalledWith({ items: 3 });
  expect(() => expect(run).toHaveTaken(1)).toThrow(/It took 3600 s[^]*Ask[^]*Seed: baton/);
});

test('sees failures', async () => {
  const run = await simulate(definition, { fakes: [lambda('f', fails('Busy', 'later'))] });
  expect(run).toFailWith('Busy', /lat/);
  expect(run).not.toFailWith('Idle');
});

test('takes snapshots without noise', () => {
  const workflow = { StartAt: 'A', States: { A: { Type: 'Pass', Result: 'arn:aws:sqs:eu-west-1:111111111111:q' } } };
  expect(workflow).toMatchInlineSnapshot(`
    {
      "StartAt": "A",
      "States": {
        "A": {
          "Type": "Pass",
          "Result": "arn:aws:sqs:<region>:<account>:q"
        }
      }
    }
  `);
});

test('is meant to fail, so that somebody sees what is said', async () => {
  expect(await simulate(definition, { fakes: [lambda('f', 1)] })).toSucceedWith(2);
});
