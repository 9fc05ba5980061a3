/** Something with a place in a row: a state, a label, or where a line passes the row. */
export interface Slot {
  /** Its centre, as the layout library has it: gives the order in its row. */
  readonly x: number;
  /** The same number for the whole row. */
  readonly y: number;
  readonly width: number;
  /** Room to leave on either side. */
  readonly gap: number;
}

/** A piece of a line between two slots. The heavier, the sooner it is made vertical. */
export interface Link {
  /** Indexes of slots. */
  readonly between: readonly [number, number];
  readonly weight: number;
}

const SWEEPS = 12;

/**
 * New centres for the slots, so that heavy lines run straight down. The rows and the order in each row stay as they are.
 *
 * Slots along a link become one block with one x, heaviest links first, as long as no block would have to be both left and right of
 * another; then blocks move towards what they are linked with, as far as their neighbours allow.
 * (dagre places slots at the mean of four alignments, which know no weights: the main way goes down diagonally.)
 */
export function straightened(slots: readonly Slot[], links: readonly Link[]): readonly number[] {
  const rightOf = neighbours(slots);
  const blocks = slots.map((_, index): Block => ({ members: [index] }));
  for (const { between } of [...links].sort((a, b) => b.weight - a.weight)) merge(between[0], between[1]);

  const { order, constraints } = sorted();
  const xOf = new Map<Block, number>(order.map((block) => [block, 0]));
  for (const block of order) {
    for (const { left, room } of constraints.get(block)?.lefts ?? []) xOf.set(block, Math.max(x(block), x(left) + room));
  }
  const pulls = pullsOf();
  // The largest block stays where it is: everything else is drawn to it.
  const anchor = order.reduce((most, block) => (block.members.length > most.members.length ? block : most));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const block of [...order].reverse()) relax(block);
    for (const block of order) relax(block);
  }
  return blocks.map(x);

  function x(block: Block): number {
    return xOf.get(block) ?? 0;
  }

  function merge(a: number, b: number): void {
    const [into, from] = [blocks[a] as Block, blocks[b] as Block];
    if (into === from || reaches(into, from) || reaches(from, into)) return;
    into.members.push(...from.members);
    for (const member of from.members) blocks[member] = into;
  }

  /** Whether `to` lies somewhere to the right of `from`. */
  function reaches(from: Block, to: Block): boolean {
    const seen = new Set([from]);
    for (const block of seen) {
      for (const member of block.members) {
        const right = rightOf[member];
        if (right === undefined) continue;
        const next = blocks[right] as Block;
        if (next === to) return true;
        seen.add(next);
      }
    }
    return false;
  }

  function sorted(): { readonly order: readonly Block[]; readonly constraints: ReadonlyMap<Block, Constraints> } {
    const found = new Map<Block, Constraints>([...new Set(blocks)].map((block) => [block, { lefts: [], rights: [] }]));
    rightOf.forEach((right, left) => {
      if (right === undefined) return;
      const [a, b] = [slots[left] as Slot, slots[right] as Slot];
      const room = (a.width + b.width) / 2 + (a.gap + b.gap) / 2;
      const [leftBlock, rightBlock] = [blocks[left] as Block, blocks[right] as Block];
      found.get(leftBlock)?.rights.push({ right: rightBlock, room });
      found.get(rightBlock)?.lefts.push({ left: leftBlock, room });
    });
    const waiting = new Map([...found].map(([block, { lefts }]) => [block, lefts.length]));
    const ready = [...found.keys()].filter((block) => waiting.get(block) === 0);
    for (const block of ready) {
      for (const { right } of found.get(block)?.rights ?? []) {
        const left = (waiting.get(right) ?? 0) - 1;
        waiting.set(right, left);
        if (left === 0) ready.push(right);
      }
    }
    return { order: ready, constraints: found };
  }

  function pullsOf(): ReadonlyMap<Block, Pull[]> {
    const found = new Map<Block, Pull[]>(order.map((block) => [block, []]));
    for (const { between, weight } of links) {
      const [a, b] = [blocks[between[0]] as Block, blocks[between[1]] as Block];
      if (a === b) continue;
      found.get(a)?.push({ towards: b, weight });
      found.get(b)?.push({ towards: a, weight });
    }
    return found;
  }

  function relax(block: Block): void {
    const towards = pulls.get(block) ?? [];
    if (block === anchor || towards.length === 0) return;
    const total = towards.reduce((sum, pull) => sum + pull.weight, 0);
    const wanted = towards.reduce((sum, pull) => sum + pull.weight * x(pull.towards), 0) / total;
    const { lefts, rights } = constraints.get(block) ?? { lefts: [], rights: [] };
    const least = Math.max(-Infinity, ...lefts.map(({ left, room }) => x(left) + room));
    const most = Math.min(Infinity, ...rights.map(({ right, room }) => x(right) - room));
    xOf.set(block, Math.max(least, Math.min(most, wanted)));
  }
}

interface Block {
  readonly members: number[];
}

interface Constraints {
  readonly lefts: { readonly left: Block; readonly room: number }[];
  readonly rights: { readonly right: Block; readonly room: number }[];
}

interface Pull {
  readonly towards: Block;
  readonly weight: number;
}

/** For each slot the next one in its row. */
function neighbours(slots: readonly Slot[]): (number | undefined)[] {
  const rows = new Map<number, number[]>();
  slots.forEach((slot, index) => {
    const row = rows.get(slot.y);
    if (row === undefined) rows.set(slot.y, [index]);
    else row.push(index);
  });
  const right = slots.map((): number | undefined => undefined);
  for (const row of rows.values()) {
    row.sort((a, b) => (slots[a] as Slot).x - (slots[b] as Slot).x);
    row.forEach((index, position) => (right[index] = row[position + 1]));
  }
  return right;
}
