import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gate } from '../../../lib/expressions/jsonata/gate';
import { JsonataError, stackOverflow, timedOut } from '../../../lib/expressions/jsonata/jsonata-error';
import { loadJsonata, type Jsonata, type JsonataGate, type JsonataThrown } from '../../../lib/vendor/jsonata';

/** A case of JSONata's own test suite, put together beside the project: its README says what the fields mean. */
export interface SuiteCase {
  readonly group: string;
  readonly name: string;
  readonly expr: string;
  readonly data?: unknown;
  readonly dataset?: string | null;
  readonly bindings?: Record<string, unknown>;
  readonly depth?: number;
  readonly timelimit?: number;
  readonly result?: unknown;
  readonly undefinedResult?: boolean;
  readonly code?: string;
  readonly error?: Readonly<Record<string, unknown>> & { readonly code: string };
  readonly token?: unknown;
  readonly unordered?: boolean;
}

/** The suite, as a function that gives fresh input documents. */
export interface Suite {
  readonly cases: readonly SuiteCase[];
  inputOf(entry: SuiteCase): unknown;
}

const folder = join(__dirname, '../../../../shared/jsonata-suite');

/** The suite is not part of the project; undefined where it is not there. */
export const tryReadSuite = (): Suite | undefined => {
  if (!existsSync(join(folder, 'cases.json'))) return undefined;
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const datasets = read('datasets.json') as Record<string, unknown>;
  return {
    cases: read('cases.json') as SuiteCase[],
    inputOf: ({ data, dataset }) => structuredClone(typeof dataset === 'string' ? datasets[dataset] : data),
  };
};

/** What the suite's own runner allows: no bounds but the depth and the time of a case, here counted in steps. */
let depth = 0;
let steps = 0;
let limits = { depth: Infinity, steps: 50_000_000 };

const lax: JsonataGate = {
  ...gate,
  hasDefaultOperators: true,
  enter() {
    if (++depth > limits.depth) throw stackOverflow();
    if (++steps > limits.steps) throw timedOut();
  },
  leave: () => void depth--,
  spend: () => undefined,
  holds: () => undefined,
  writes: () => undefined,
  written: () => undefined,
  called: () => undefined,
  made: () => undefined,
};

let twin: Jsonata | undefined;

/** Evaluates with the twin, without Step Functions' bounds and functions. */
export const evaluateCase = (
  entry: SuiteCase,
  input: unknown,
): { readonly value?: unknown; readonly code?: string; readonly thrown?: unknown } => {
  twin ??= loadJsonata(lax);
  gate.open({ random: { next: () => 0.5, uuid: () => '' }, epochMs: 1_500_000_000_000 });
  depth = 0;
  steps = 0;
  limits = entry.depth === undefined ? { depth: Infinity, steps: 50_000_000 } : { depth: entry.depth, steps: 2_000_000 };
  try {
    return { value: twin(entry.expr).evaluate(input, entry.bindings ?? {}) };
  } catch (thrown) {
    const { code, message } = thrown as JsonataThrown;
    // The runner's name for both of its bounds.
    return { code: thrown instanceof JsonataError && code === undefined ? 'U1001' : (code ?? message), thrown };
  } finally {
    gate.close();
  }
};

/** The value as JSON writes it, so that sequences are arrays. What a function is made of is nobody's business. */
export const plain = (value: unknown): unknown => {
  const text = JSON.stringify(value, (_, part: unknown) => (isFunction(part) ? '(function)' : part)) as string | undefined;
  return text === undefined ? undefined : JSON.parse(text);
};

const isFunction = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && ('_jsonata_lambda' in part || '_jsonata_function' in part);

/** What the twin gives and what the suite has recorded, in one shape. */
export const compareCase = (entry: SuiteCase, suite: Suite): { readonly actual: unknown; readonly expected: unknown } => {
  const { code, value, thrown } = evaluateCase(entry, suite.inputOf(entry));
  const error = entry.error ?? (entry.code === undefined ? undefined : { code: entry.code });
  if (error !== undefined) {
    const parts = Object.keys(error).map((key) => [key, (thrown as Record<string, unknown> | undefined)?.[key]] as const);
    return { actual: { ...Object.fromEntries(parts), code }, expected: error };
  }
  const order = (items: unknown): unknown =>
    entry.unordered === true && Array.isArray(items) ? items.map((item) => JSON.stringify(item)).sort() : items;
  return {
    actual: code === undefined ? { value: order(plain(value)) } : { code },
    expected: { value: entry.undefinedResult === true ? undefined : order(entry.result) },
  };
};
