/**
 * The name that was probably meant: the same but for case, hyphens and blanks, or with few letters wrong; undefined: none is near.
 * The first one wins where several are equally near.
 * @param mostWrong @default - one letter in three: more is another word
 */
export function tryFindNearest(name: string, candidates: Iterable<string>, mostWrong?: number): string | undefined {
  const wanted = plain(name);
  let least = (mostWrong ?? Math.max(1, Math.floor(wanted.length / 3))) + 1;
  let nearest: string | undefined;
  for (const candidate of candidates) {
    const distance = distanceBetween(wanted, plain(candidate), least);
    if (distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

/** ` Did you mean "…"?`, or nothing. */
export function renderNearest(name: string, candidates: Iterable<string>): string {
  const nearest = tryFindNearest(name, candidates);
  return nearest === undefined ? '' : ` Did you mean ${JSON.stringify(nearest)}?`;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_\s]/g, '');

/** Letters to insert, delete, replace, or swap with their neighbour. Looks no further than `limit`. */
function distanceBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min((above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      here.push(cost);
    }
    before = above;
    above = here;
  }
  return above[b.length] ?? 0;
}
