import { canonical, isLineEnd, isWord } from './character-classes';
import type { PatternProgram } from './compile-pattern';

/** Called every `STEPS` instructions, and when the stack has grown too long; throws to stop. */
export interface PatternBounds {
  spend(steps: number): void;
  overflow(): never;
}

/** Instructions between two calls of `spend`. */
const STEPS = 1_024;
/** Entries of the stack of ways not yet tried: two numbers each. */
const MAX_STACK = 4_000_000;

/**
 * The first match at or after a position: the slots of the whole match and of each group, two positions each, -1 for a group that did not
 * take part. Goes back and tries again as ECMAScript prescribes, and counts what it does.
 */
export const runPattern = (
  program: PatternProgram,
  text: string,
  from: number,
  bounds: PatternBounds,
): readonly number[] | undefined => {
  const run: Run = { program, text, bounds, slots: Array.from({ length: program.slots }, () => -1), stack: [], steps: 0 };
  const [first] = program.code;
  const literal = first?.op === 'unit' && !program.ignoreCase ? String.fromCharCode(first.unit) : undefined;
  const anchored = first?.op === 'edge' && first.edge === 'start' && !program.multiline;
  for (let start = from; start <= text.length; start++) {
    if (literal !== undefined) start = text.indexOf(literal, start);
    if (start === -1) return undefined;
    const end = runFrom(run, 0, start);
    if (end !== undefined) {
      run.slots[0] = start;
      run.slots[1] = end;
      return run.slots.slice(0, (program.groups + 1) * 2);
    }
    if (anchored) return undefined;
  }
  return undefined;
};

interface Run {
  readonly program: PatternProgram;
  readonly text: string;
  readonly bounds: PatternBounds;
  readonly slots: number[];
  /** Pairs: (instruction, position) of a way not yet tried, or (-1 - slot, the slot's former value). */
  readonly stack: number[];
  steps: number;
}

/** The position where the program matches; undefined: it does not, and the slots are as they were. */
const runFrom = (run: Run, entry: number, start: number): number | undefined => {
  const { program, text, slots, stack } = run;
  const { code } = program;
  const base = stack.length;
  let at = entry;
  let position = start;
  for (;;) {
    if (++run.steps % STEPS === 0) run.bounds.spend(STEPS);
    if (stack.length > MAX_STACK) run.bounds.overflow();
    const instruction = code[at] as (typeof code)[number];
    let holds = true;
    at++;
    switch (instruction.op) {
      case 'unit':
        holds = position < text.length && fold(program, text.charCodeAt(position)) === instruction.unit;
        position++;
        break;
      case 'set':
        holds = position < text.length && instruction.test(text.charCodeAt(position));
        position++;
        break;
      case 'split':
        stack.push(instruction.second, position);
        at = instruction.first;
        break;
      case 'jump':
        at = instruction.to;
        break;
      case 'save':
        set(run, instruction.slot, position);
        break;
      case 'forget':
        for (let slot = instruction.from; slot < instruction.end; slot++) if (slots[slot] !== -1) set(run, slot, -1);
        break;
      case 'progress':
        holds = slots[instruction.slot] !== position;
        break;
      case 'look': {
        const before = stack.length;
        const found = runFrom(run, at, position) !== undefined;
        if (found && instruction.negated) undo(run, before);
        else dropWays(stack, before);
        holds = found !== instruction.negated;
        at = instruction.end;
        break;
      }
      case 'reference': {
        const length = referenceLength(run, instruction.group, position);
        holds = length !== undefined;
        position += length ?? 0;
        break;
      }
      case 'edge':
        holds = isAtEdge(run, instruction.edge, position);
        break;
      case 'match':
        return position;
    }
    if (holds) continue;
    const way = nextWay(run, base);
    if (way === undefined) return undefined;
    at = way;
    position = stack.pop() as number;
  }
};

const fold = ({ ignoreCase }: PatternProgram, unit: number): number => (ignoreCase ? canonical(unit) : unit);

const set = ({ slots, stack }: Run, slot: number, value: number): void => {
  stack.push(-1 - slot, slots[slot] as number);
  slots[slot] = value;
};

/** Takes back slots up to the next way not yet tried, and leaves its position on the stack. */
const nextWay = ({ slots, stack }: Run, base: number): number | undefined => {
  while (stack.length > base) {
    const value = stack.pop() as number;
    const what = stack.pop() as number;
    if (what >= 0) {
      stack.push(value);
      return what;
    }
    slots[-1 - what] = value;
  }
  return undefined;
};

/** Takes back all that a look-ahead has written. */
const undo = ({ slots, stack }: Run, base: number): void => {
  while (stack.length > base) {
    const value = stack.pop() as number;
    const what = stack.pop() as number;
    if (what < 0) slots[-1 - what] = value;
  }
};

/** A look-ahead is never entered again; what it has written is taken back with what stands before it. */
const dropWays = (stack: number[], base: number): void => {
  let kept = base;
  for (let index = base; index < stack.length; index += 2) {
    if ((stack[index] as number) >= 0) continue;
    stack[kept++] = stack[index] as number;
    stack[kept++] = stack[index + 1] as number;
  }
  stack.length = kept;
};

/** Length of the group's text where it stands here once more; a group that did not take part is empty. */
const referenceLength = ({ program, text, slots, bounds }: Run, group: number, position: number): number | undefined => {
  const from = slots[group * 2] as number;
  const end = slots[group * 2 + 1] as number;
  if (from === -1 || end === -1) return 0;
  bounds.spend(end - from);
  for (let index = 0; index < end - from; index++) {
    const unit = text.charCodeAt(position + index);
    if (Number.isNaN(unit) || fold(program, unit) !== fold(program, text.charCodeAt(from + index))) return undefined;
  }
  return end - from;
};

const isAtEdge = ({ program, text }: Run, edge: 'start' | 'end' | 'word' | 'not-word', position: number): boolean => {
  switch (edge) {
    case 'start':
      return position === 0 || (program.multiline && isLineEnd(text.charCodeAt(position - 1)));
    case 'end':
      return position === text.length || (program.multiline && isLineEnd(text.charCodeAt(position)));
    case 'word':
      return isWord(text.charCodeAt(position - 1)) !== isWord(text.charCodeAt(position));
    case 'not-word':
      return isWord(text.charCodeAt(position - 1)) === isWord(text.charCodeAt(position));
  }
};
