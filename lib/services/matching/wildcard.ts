/**
 * Tells whether a text is what a pattern with `*` means: any characters, or none. `\*` is an asterisk, `\\` a backslash; undefined for any other
 * use of a backslash, and for two wildcards in a row, which AWS refuses.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-wildcard-matching
 */
export function wildcardMatcher(pattern: string): ((text: string) => boolean) | undefined {
  const parts = tryParts(pattern);
  if (parts === undefined) return undefined;
  const [head = '', ...rest] = parts;
  const tail = rest.pop();
  if (tail === undefined) return (text) => text === head;
  return (text) => {
    if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
    // The earliest place for each part leaves most room for the others.
    let from = head.length;
    const end = text.length - tail.length;
    for (const part of rest) {
      const found = text.indexOf(part, from);
      if (found === -1 || found + part.length > end) return false;
      from = found + part.length;
    }
    return true;
  };
}

/** The texts between wildcards. */
function tryParts(pattern: string): string[] | undefined {
  if (!/^(?:[^\\*]|\\[\\*]|\*(?!\*))*$/s.test(pattern)) return undefined;
  const parts = [''];
  for (const [token] of pattern.matchAll(/\\.|[^\\]/gsu)) {
    if (token === '*') parts.push('');
    else parts[parts.length - 1] += token.startsWith('\\') ? token.slice(1) : token;
  }
  return parts;
}
