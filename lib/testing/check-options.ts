import { renderNearest } from '../names/nearest-name';
import { SimulatorError } from '../simulator/simulator-error';

/** The names of all options of an interface: the compiler says when one is missing here. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * Says which options there are not.
 * @param whose what has these options: `simulate(…)`
 */
export function unknownOptions<Options>(options: unknown, known: OptionNames<Options>, whose: string): readonly string[] {
  const names = Object.keys(known);
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    return [`The options of ${whose} are an object with ${names.join(', ')}; found ${render(options)}.`];
  return Object.keys(options)
    .filter((name) => !Object.hasOwn(known, name))
    .map(
      (name) => `${whose} has no option ${JSON.stringify(name)}.${renderNearest(name, names)} There are: ${names.join(', ')}.`,
    );
}

/** @throws SimulatorError with everything that is wrong */
export function refuseAll(problems: readonly string[]): void {
  if (problems.length > 0) throw new SimulatorError(problems.join('\n'));
}

const render = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));
