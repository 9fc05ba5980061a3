import { parsePath } from '../../expressions/path/parse-path';
import { isObject, type JsonObject } from '../../json/json';
import { memberOf, type Position } from '../position';
import type { StateNode, WorkflowScope } from '../workflow';
import { assign, evaluateJsonata, evaluateTemplate, evaluateValue } from './evaluate';
import type { Read, Scene, Use, Watch } from './scene';
import { write } from './select';
import { closed, type ObjectShape, open, type Shape, text, UNKNOWN } from './shape';

/** What is known where a state begins. */
export interface FlowState {
  readonly input: Shape;
  readonly variables: ObjectShape;
}

/** A path that a state reads, and what it finds. */
export interface Reading extends Read {
  readonly node: StateNode;
}

/** A field that is a path, an intrinsic function call or an expression, and what it gives. */
export interface Value {
  readonly position: Position;
  readonly shape: Shape;
}

/** A function that a state calls, or a comparison that it makes in JSONata. */
export interface StateUse extends Use {
  readonly node: StateNode;
}

/** A ResultPath that cannot be written. */
export interface BarredWrite {
  readonly node: StateNode;
  readonly position: Position;
  readonly text: string;
  readonly document: Shape;
}

/** A comparison of a Choice Rule in JSONPath. */
export interface Comparison {
  readonly node: StateNode;
  /** The rule that holds `Variable` and the operator, nested or not. */
  readonly rule: JsonObject;
  readonly position: Position;
  /** What is known of the value of `Variable`. */
  readonly shape: Shape;
}

/** One walk through a machine. */
export interface Walk {
  /** Goes through a `States` map; gives what it ends with, undefined if it never ends well. */
  readonly through: (scope: WorkflowScope, entry: FlowState, walk: Walk) => FlowState | undefined;
  readonly executionInput: Shape;
  /** `$$.Map.Item`, where there is one. */
  readonly mapItem: Shape | undefined;
  readonly parsed: Scene['parsed'];
  /** How deep in Parallel and Map states this is. */
  readonly depth: number;
  /** Where findings go; undefined while a loop is not yet followed to its end. */
  readonly found: Found | undefined;
}

/** What a walk has found so far. */
export interface Found {
  readonly entries: Map<StateNode, FlowState>;
  readonly readings: Reading[];
  readonly values: Map<StateNode, Value[]>;
  readonly uses: StateUse[];
  readonly barred: BarredWrite[];
  readonly comparisons: Comparison[];
  readonly items: Map<StateNode, number>;
}

/** One state at work: what it reads is told to the walk. */
export interface Visit {
  readonly node: StateNode;
  readonly before: FlowState;
  readonly walk: Walk;
  readonly watch: Watch;
}

/** No variable is set. */
export const NO_VARIABLES: ObjectShape = closed({}, 'the variables');

/** Whatever variables. */
export const ANY_VARIABLES: ObjectShape = open({});

/** What `$`, `$$` and `$states` mean. */
export function scene(
  { node, before, walk, watch }: Visit,
  document: Shape,
  more: Readonly<Record<string, Shape>> = {},
  item = walk.mapItem,
): Scene {
  const context = open({
    Execution: open({ Input: walk.executionInput }),
    ...(item === undefined ? {} : { Map: open({ Item: item }) }),
  });
  const { variables } = before;
  const states = node.language === 'JSONata' ? closed({ input: before.input, context, ...more }) : closed({});
  return { document, context, variables, states, watch, parsed: walk.parsed };
}

/** A path field, or a field that may be an expression: it is read, and its shape given. */
export function value(visit: Visit, field: string, content: unknown, document: Shape): Shape {
  if (typeof content !== 'string') return UNKNOWN;
  const at = memberOf(visit.node.position, field);
  if (visit.node.language === 'JSONata') return evaluateJsonata(content, scene(visit, document), at);
  return field.endsWith('Path') ? evaluateValue(content, scene(visit, document), at) : text();
}

/** The input behind InputPath. */
export function inputPath(visit: Visit): Shape {
  const { node, before } = visit;
  const path = node.source['InputPath'];
  if (path === undefined || node.language === 'JSONata') return before.input;
  return path === null
    ? closed({}, `the input of "${node.name}", whose InputPath is null`)
    : value(visit, 'InputPath', path, before.input);
}

/** Parameters, or Arguments in JSONata. */
export function parameters(visit: Visit, effective: Shape): Shape {
  const { node } = visit;
  const field = node.language === 'JSONata' ? 'Arguments' : 'Parameters';
  const template = node.source[field];
  if (template === undefined) return effective;
  const origin = `the ${field} of "${node.name}"`;
  const at = memberOf(node.position, field);
  return node.language === 'JSONata'
    ? evaluateJsonata(template, scene(visit, effective), at, origin)
    : evaluateTemplate(template, scene(visit, effective), at, origin);
}

/** The output behind OutputPath. */
export function outputPath(visit: Visit, written: Shape): Shape {
  const path = visit.node.source['OutputPath'];
  if (path === undefined) return written;
  return path === null
    ? closed({}, `the output of "${visit.node.name}", whose OutputPath is null`)
    : value(visit, 'OutputPath', path, written);
}

/** The way out of a state with a result. */
export function finish(visit: Visit, result: Shape): FlowState {
  const { node, before } = visit;
  const { source, position } = node;
  if (node.language === 'JSONata') return finishJsonata(visit, source, position, result);
  const selector = source['ResultSelector'];
  const selected =
    selector === undefined
      ? result
      : evaluateTemplate(
          selector,
          scene(visit, result),
          memberOf(position, 'ResultSelector'),
          `the ResultSelector of "${node.name}"`,
        );
  const variables = assignVariables(visit, source, position, scene(visit, result));
  const written = writeResult(visit, source, position, selected, before.input);
  return { input: outputPath(visit, written), variables };
}

/** The way out of a state without a result. */
export function finishPlain(visit: Visit, effective: Shape): FlowState {
  const { node } = visit;
  if (node.language === 'JSONata') return finishJsonata(visit, node.source, node.position, undefined);
  const variables = assignVariables(visit, node.source, node.position, scene(visit, effective));
  return { input: outputPath(visit, effective), variables };
}

/** `Output` and `Assign` of a state, a Catcher or a Choice Rule in JSONata. */
export function finishJsonata(
  visit: Visit,
  holder: JsonObject,
  at: Position,
  result: Shape | undefined,
  error?: Shape,
): FlowState {
  const { node, before } = visit;
  const more: Record<string, Shape> = {
    ...(result === undefined || node.state.Type === 'Pass' ? {} : { result }),
    ...(error === undefined ? {} : { errorOutput: error }),
  };
  const from = scene(visit, before.input, more);
  const variables = assignVariables(visit, holder, at, from);
  const output = holder['Output'];
  const input =
    output === undefined
      ? (error ?? result ?? before.input)
      : evaluateJsonata(output, from, memberOf(at, 'Output'), `the Output of "${node.name}"`);
  return { input, variables };
}

/** The variables after the `Assign` of a state, a Catcher or a Choice Rule. */
export function assignVariables(visit: Visit, holder: JsonObject, at: Position, where: Scene): ObjectShape {
  const assignment = holder['Assign'];
  const { variables } = visit.before;
  if (!isObject(assignment)) return variables;
  const position = memberOf(at, 'Assign');
  const shape =
    visit.node.language === 'JSONata'
      ? evaluateJsonata(assignment, where, position)
      : evaluateTemplate(assignment, where, position);
  return assign(assignment, shape, variables);
}

/** The input with the result at ResultPath. */
export function writeResult(visit: Visit, holder: JsonObject, at: Position, result: Shape, input: Shape): Shape {
  const path = holder['ResultPath'];
  if (path === null) return input;
  if (typeof path !== 'string') return result;
  const keys = keysOf(path);
  const written = write(input, keys, result);
  if (written === undefined)
    visit.walk.found?.barred.push({ node: visit.node, position: memberOf(at, 'ResultPath'), text: path, document: input });
  return written ?? UNKNOWN;
}

/** The steps of a Reference Path. */
export const keysOf = (path: string): readonly (string | number)[] =>
  parsePath(path).segments.flatMap((segment): readonly (string | number)[] =>
    segment.kind === 'fields' ? segment.names : segment.kind === 'indexes' ? segment.indexes : [],
  );
