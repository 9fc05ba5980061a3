import * as fc from 'fast-check';
import { Agenda } from '../../lib/simulator/agenda';

const lasting = (): boolean => false;

const drain = <T extends { dueMs: number; ticket: number }>(agenda: Agenda<T>): T[] => {
  const taken: T[] = [];
  for (let next = agenda.take(); next !== undefined; next = agenda.take()) taken.push(next);
  return taken;
};

test('gives back what is due first, and among equal times the lower ticket', () => {
  const agenda = new Agenda<{ dueMs: number; ticket: number }>(lasting);
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
  const agenda = new Agenda(lasting);
  expect(agenda.peek()).toBeUndefined();
  expect(agenda.take()).toBeUndefined();
  expect(agenda.size).toBe(0);
});

test('order is that of a sorted list, whatever is added and taken in between', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(5), { nil: undefined })), (steps) => {
      const agenda = new Agenda<{ dueMs: number; ticket: number }>(lasting);
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
  const agenda = new Agenda<{ dueMs: number; ticket: number }>(lasting);
  const before = process.hrtime.bigint();
  for (let ticket = 0; ticket < 50_000; ticket++) agenda.add({ dueMs: 1, ticket });
  const tickets = drain(agenda).map(({ ticket }) => ticket);
  expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(1000);
  expect(tickets).toEqual(Array.from({ length: 50_000 }, (_, ticket) => ticket));
});

test('what has lost its meaning is not kept until it is due', () => {
  const stale = new Set<number>();
  const agenda = new Agenda<{ dueMs: number; ticket: number }>(({ ticket }) => stale.has(ticket));
  for (let ticket = 0; ticket < 100_000; ticket++) {
    agenda.add({ dueMs: 1e9 - (ticket % 1000), ticket });
    if (ticket % 100 !== 0) stale.add(ticket);
  }
  expect(agenda.size).toBeLessThan(5000);
  const kept = drain(agenda).filter(({ ticket }) => !stale.has(ticket));
  const wanted = Array.from({ length: 1000 }, (_, index) => ({ dueMs: 1e9 - ((index * 100) % 1000), ticket: index * 100 }));
  expect(kept).toEqual(wanted.sort((a, b) => a.dueMs - b.dueMs || a.ticket - b.ticket));
});
