import type { Colours } from './colours';
import type { Definition, LocatedProblem } from './definition';
import { renderPosition } from './json-file';
import { indented, printable } from './printable';

/** A line for each problem, as compilers and editors have them: `file:line:column: error CODE: message at /location`; its hint below. */
export const renderProblems = ({ name }: Definition, problems: readonly LocatedProblem[], colours: Colours): string =>
  problems.map((problem) => renderProblem(name, problem, colours)).join('\n');

function renderProblem(name: string, problem: LocatedProblem, { strong, bad, warning, quiet }: Colours): string {
  const { severity, code, message, position, location, pointer, hint } = problem;
  const place = position === undefined ? name : `${name}:${renderPosition(position)}`;
  const kind = severity === 'ERROR' ? bad('error') : warning('warning');
  const at = location ?? (pointer === '' ? undefined : pointer);
  const first = `${strong(oneLine(place))}: ${kind} ${code}: ${printable(message)}${at === undefined ? '' : ` at ${oneLine(at)}`}`;
  return hint === undefined ? first : `${first}\n${quiet(indented(printable(hint), '    '))}`;
}

/** Names have one line. */
const oneLine = (text: string): string => printable(text).replaceAll('\n', '\\u000a');
