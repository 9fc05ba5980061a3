import { ALL, type Example } from './read-example';

/** What `npm start -- --help` prints. */
export const renderHelp = (
  example: Example,
): string => `Runs the example ${example.name} in the simulator: no AWS account, nothing is sent, nobody is charged.

  npm start                      runs the input "${example.inputs[0].name}"
  npm start -- <name> [<name>…]  runs other inputs
  npm start -- ${ALL}               runs every input
  npm start -- --list            lists the inputs and how they end
  npm start -- --help            prints this

Exit codes:
  0  every execution ended as the example says
  1  an execution ended otherwise, or could not be run
  2  there is no such input or option

Environment: NO_COLOR, FORCE_COLOR.`;

/** What `npm start -- --list` prints: a line per input. */
export function renderList({ inputs }: Example): string {
  const width = Math.max(...inputs.map(({ name }) => name.length));
  return inputs
    .map(({ name, description, expected: { status, error } }) => {
      const ending = error === undefined ? status : `${status} ${error}`;
      return `${name.padEnd(width)}  ${description}\n${' '.repeat(width)}  ${ending}`;
    })
    .join('\n');
}
