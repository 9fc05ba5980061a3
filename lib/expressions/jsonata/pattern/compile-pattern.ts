import { canonical, isIn } from './character-classes';
import { PatternError, type ParsedPattern } from './parse-pattern';
import type { PatternNode, Range } from './pattern-node';

/** An instruction of a pattern's program. Where none is named, it goes on with the next one. */
export type Instruction =
  | { readonly op: 'unit'; readonly unit: number }
  | { readonly op: 'set'; readonly test: (unit: number) => boolean }
  /** Tries `first`; where that fails, `second`. */
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  /** Writes the position into a slot. */
  | { readonly op: 'save'; readonly slot: number }
  /** Forgets slots: groups begin anew with each round. */
  | { readonly op: 'forget'; readonly from: number; readonly end: number }
  /** Fails where nothing was read since the slot was written. */
  | { readonly op: 'progress'; readonly slot: number }
  | { readonly op: 'look'; readonly negated: boolean; end: number }
  | { readonly op: 'reference'; readonly group: number }
  | { readonly op: 'edge'; readonly edge: 'start' | 'end' | 'word' | 'not-word' }
  | { readonly op: 'match' };

/** A pattern as a program for a machine that goes back where it fails. */
export interface PatternProgram {
  readonly code: readonly Instruction[];
  /** Capturing groups, of which each has two slots behind those of the whole match. */
  readonly groups: number;
  readonly slots: number;
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
}

/** Most instructions of a program: `(a{1,50}){1,50}` has some 7,500. */
const MAX_INSTRUCTIONS = 20_000;

interface Writer {
  readonly code: Instruction[];
  slots: number;
  readonly ignoreCase: boolean;
}

/** Makes a parsed pattern a program. @throws PatternError if it would be too large */
export const compilePattern = ({ node, groups }: ParsedPattern, flags: string): PatternProgram => {
  const writer: Writer = { code: [], slots: (groups + 1) * 2, ignoreCase: flags.includes('i') };
  write(writer, node);
  add(writer, { op: 'match' });
  return { code: writer.code, groups, slots: writer.slots, ignoreCase: writer.ignoreCase, multiline: flags.includes('m') };
};

const add = <T extends Instruction>(writer: Writer, instruction: T): T => {
  if (writer.code.length >= MAX_INSTRUCTIONS)
    throw new PatternError(`A regular expression that repeats its pieces more than ${MAX_INSTRUCTIONS} times is not supported`);
  writer.code.push(instruction);
  return instruction;
};

const write = (writer: Writer, node: PatternNode): void => {
  switch (node.kind) {
    case 'empty':
      return;
    case 'set':
      add(writer, matcher(node.ranges, node.negated, writer.ignoreCase));
      return;
    case 'sequence':
      node.items.forEach((item) => write(writer, item));
      return;
    case 'choice':
      return writeChoice(writer, node.ways);
    case 'repeat':
      return writeRepeat(writer, node);
    case 'group':
      add(writer, { op: 'save', slot: node.index * 2 });
      write(writer, node.item);
      add(writer, { op: 'save', slot: node.index * 2 + 1 });
      return;
    case 'look': {
      const look = add(writer, { op: 'look' as const, negated: node.negated, end: 0 });
      write(writer, node.item);
      add(writer, { op: 'match' });
      look.end = writer.code.length;
      return;
    }
    case 'reference':
      add(writer, { op: 'reference', group: node.index() });
      return;
    case 'edge':
      add(writer, { op: 'edge', edge: node.edge });
  }
};

const writeChoice = (writer: Writer, ways: readonly PatternNode[]): void => {
  const jumps: { to: number }[] = [];
  ways.forEach((way, index) => {
    if (index === ways.length - 1) return write(writer, way);
    const split = add(writer, { op: 'split' as const, first: writer.code.length + 1, second: 0 });
    write(writer, way);
    jumps.push(add(writer, { op: 'jump' as const, to: 0 }));
    split.second = writer.code.length;
  });
  jumps.forEach((jump) => (jump.to = writer.code.length));
};

const writeRepeat = (writer: Writer, node: PatternNode & { kind: 'repeat' }): void => {
  for (let round = 0; round < node.least; round++) writeRound(writer, node);
  if (node.most === Infinity) {
    const slot = writer.slots++;
    const split = writeSplit(writer);
    add(writer, { op: 'save', slot });
    writeRound(writer, node);
    add(writer, { op: 'progress', slot });
    add(writer, { op: 'jump', to: split.at });
    close(split, node.greedy, writer.code.length);
    return;
  }
  const slot = node.most > node.least ? writer.slots++ : 0;
  const splits: Split[] = [];
  for (let round = node.least; round < node.most; round++) {
    splits.push(writeSplit(writer));
    add(writer, { op: 'save', slot });
    writeRound(writer, node);
    add(writer, { op: 'progress', slot });
  }
  splits.forEach((split) => close(split, node.greedy, writer.code.length));
};

interface Split {
  readonly at: number;
  readonly instruction: { first: number; second: number };
}

const writeSplit = (writer: Writer): Split => {
  const at = writer.code.length;
  return { at, instruction: add(writer, { op: 'split' as const, first: 0, second: 0 }) };
};

const close = ({ at, instruction }: Split, greedy: boolean, end: number): void => {
  instruction.first = greedy ? at + 1 : end;
  instruction.second = greedy ? end : at + 1;
};

const writeRound = (writer: Writer, { item, firstGroup, endGroup }: PatternNode & { kind: 'repeat' }): void => {
  if (endGroup > firstGroup) add(writer, { op: 'forget', from: firstGroup * 2, end: endGroup * 2 });
  write(writer, item);
};

const matcher = (ranges: readonly Range[], negated: boolean, ignoreCase: boolean): Instruction => {
  const [only] = ranges;
  if (!negated && ranges.length === 1 && only !== undefined && only[0] === only[1]) {
    const unit = ignoreCase ? canonical(only[0]) : only[0];
    return { op: 'unit', unit };
  }
  if (!ignoreCase) return { op: 'set', test: (unit) => isIn(ranges, unit) !== negated };
  const members = new Set<number>();
  for (const [first, last] of ranges) for (let unit = first; unit <= last; unit++) members.add(canonical(unit));
  return { op: 'set', test: (unit) => members.has(canonical(unit)) !== negated };
};
