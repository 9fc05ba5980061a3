import { parseArgs } from 'node:util';
import { ALL, type Example, type ExampleInput } from './read-example';
import { UsageError } from './usage-error';

/** What `npm start` is asked for. */
export type Request =
  | { readonly kind: 'help' | 'list' }
  /** In the order asked for, at least one. */
  | { readonly kind: 'run'; readonly inputs: readonly ExampleInput[] };

/**
 * Reads the arguments of `npm start`: names of inputs, `all`, or none for the usual input.
 *
 * @throws UsageError for an unknown option, or with all names that no input has
 */
export function parseArguments(argv: readonly string[], { inputs }: Example): Request {
  const { values, positionals: names } = parse(argv);
  if (values.help === true) return { kind: 'help' };
  const known = new Map(inputs.map((input) => [input.name, input]));
  const unknown = names.filter((name) => name !== ALL && !known.has(name));
  if (unknown.length > 0) {
    throw new UsageError(
      `There is no input ${unknown.map((name) => JSON.stringify(name)).join(', ')}. There are: ${[...known.keys(), ALL].join(', ')}.`,
    );
  }
  if (values.list === true) return { kind: 'list' };
  if (names.length === 0) return { kind: 'run', inputs: [inputs[0]] };
  const asked = names.flatMap((name) => (name === ALL ? inputs : [known.get(name)!]));
  return { kind: 'run', inputs: [...new Set(asked)] };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, list: { type: 'boolean', short: 'l' } },
    });
  } catch (error) {
    // Node's first sentence says which option; the second is about arguments that begin with a dash, and no input does.
    const [message = ''] = (error as Error).message.split('. ');
    throw new UsageError(`${message.replace(/\.$/, '')}. There are: --list, --help.`);
  }
}
