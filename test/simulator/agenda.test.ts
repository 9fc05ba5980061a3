import * as fc from 'fast-check';
import { Agenda } from '../../lib/simulator/agenda';

const drain = <T extends { dueMs: number; ticket: number }>(agenda: Agenda<T>): T[] => {
  const taken: T[] = [];
  for (let next = agenda.take(); next !== undefined; next = agenda.take()) taken.push(next);
  return taken;
};

test('gives back what is due first, and among equal times the lower ticket', () => {
  const agenda = new Agenda<{ dueMs: number; ticket: number }>();
  for (const [dueMs, ticket] of [
    [5, 1],
    [3, 4],
    [3, 2],
    [9, 3],
    [3, 5],
  ] as const)
    agenda.add({ dueMs, ticket });
  expect(agenda.peek()).toEqual({ dueMs: 3, ticket: 2 });
  expect(agenda.size).toBe(5);
  expect(drain(agenda).map(({ ticket }) => ticket)).toEqual([2, 4, 5, 1, 3]);
});

test('an empty agenda gives undefined', () => {
  const agenda = new Agenda();
  expect(agenda.peek()).toBeUndefined();
  expect(agenda.take()).toBeUndefined();
  expect(agenda.size).toBe(0);
});

test('order is that of a sorted list, whatever is added and taken in between', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(5), { nil: undefined })), (steps) => {
      const agenda = new Agenda<{ dueMs: number; ticket: number }>();
      const model: { dueMs: number; ticket: number }[] = [];
      steps.forEach((dueMs, ticket) => {
        if (dueMs === undefined) {
          model.sort((a, b) => a.dueMs - b.dueMs || a.ticket - b.ticket);
          expect(agenda.take()).toEqual(model.shift());
        } else {
          model.push({ dueMs, ticket });
          agenda.add({ dueMs, ticket });
        }
        expect(agenda.size).toBe(model.length);
      });
    }),
  );
});

test('50,000 equal times take a moment', () => {
  const agenda = new Agenda<{ dueMs: number; ticket: number }>();
  const before = process.hrtime.bigint();
  for (let ticket = 0; ticket < 50_000; ticket++) agenda.add({ dueMs: 1, ticket });
  const tickets = drain(agenda).map(({ ticket }) => ticket);
  expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(1000);
  expect(tickets).toEqual(Array.from({ length: 50_000 }, (_, ticket) => ticket));
});
