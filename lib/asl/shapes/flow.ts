import { isArray, isObject, type Json, type JsonObject } from '../../json/json';
import { parsePath } from '../../expressions/path/parse-path';
import { elementOf, memberOf, type Position } from '../position';
import type { Catcher, ChoiceRule, MapState } from '../types';
import { type Edge, edgesOf, isTerminal, selectorField, type StateNode, type WorkflowScope } from '../workflow';
import { assign, evaluateJsonata, evaluateTemplate, evaluateValue, type Observe, type Read, type Scene } from './evaluate';
import { resultOf } from './integration-results';
import { assume, write } from './select';
import {
  arrayOf,
  closed,
  from,
  join,
  NUMBER,
  type ObjectShape,
  open,
  relax,
  type Shape,
  shapeOf,
  text,
  tuple,
  UNKNOWN,
  withMaybe,
} from './shape';

/** What is known where a state begins. */
export interface FlowState {
  readonly input: Shape;
  readonly variables: ObjectShape;
}

/** A path that a state reads, and what it finds. */
export interface Reading extends Read {
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

/** What is known of the data of a whole machine. */
export interface Flow {
  /** By state; states that are never entered are missing. */
  readonly entries: ReadonlyMap<StateNode, FlowState>;
  readonly readings: readonly Reading[];
  readonly barred: readonly BarredWrite[];
  readonly comparisons: readonly Comparison[];
  /** How many items a Map has, where it is known. */
  readonly items: ReadonlyMap<StateNode, number>;
}

/** No variable is set. */
const NO_VARIABLES: ObjectShape = closed({}, 'the variables');

/** Whatever variables. */
const ANY_VARIABLES: ObjectShape = open({});

/** Rounds after which a loop's data is given up as unknown. */
const MAX_ROUNDS = 3;

/**
 * Follows the data of a machine from state to state without running it: what each state's input and variables surely hold, and what
 * each path finds there. Where ways meet, what only one of them holds is there sometimes; loops are followed until nothing changes.
 * @param input what is known of the execution's input
 */
export function follow(machine: WorkflowScope, input: Shape): Flow {
  const found = {
    entries: new Map<StateNode, FlowState>(),
    readings: [],
    barred: [],
    comparisons: [],
    items: new Map<StateNode, number>(),
  };
  through(machine, { input, variables: NO_VARIABLES }, { executionInput: input, mapItem: undefined, found, parsed: new Map() });
  return found;
}

interface Walk {
  readonly executionInput: Shape;
  /** `$$.Map.Item`, where there is one. */
  readonly mapItem: Shape | undefined;
  readonly parsed: Scene['parsed'];
  /** Where findings go; undefined while a loop is not yet followed to its end. */
  readonly found: Found | undefined;
}

interface Found {
  readonly entries: Map<StateNode, FlowState>;
  readonly readings: Reading[];
  readonly barred: BarredWrite[];
  readonly comparisons: Comparison[];
  readonly items: Map<StateNode, number>;
}

/** Goes through one `States` map; gives what it ends with, undefined if it never ends well. */
function through(scope: WorkflowScope, entry: FlowState, walk: Walk): FlowState | undefined {
  const silent: Walk = { ...walk, found: undefined };
  const order = orderOf(scope);
  const places = new Map(order.map((name, place) => [name, place]));
  const entered = new Map<string, FlowState>([[scope.startAt, entry]]);
  const pending = new Set([scope.startAt]);
  // States in the order in which they follow each other, and again as long as a way back brings something new.
  for (let round = 1; pending.size > 0; round++) {
    for (const name of order) {
      if (!pending.delete(name)) continue;
      const node = scope.nodes.get(name) as StateNode;
      const place = places.get(name) as number;
      for (const { target, after } of leave(node, entered.get(name) as FlowState, silent).ways) {
        const known = entered.get(target);
        const isBack = (places.get(target) as number) <= place;
        const met = known === undefined ? after : meet(known, after, isBack && round > MAX_ROUNDS);
        if (met.input === known?.input && met.variables === known.variables) continue;
        entered.set(target, met);
        pending.add(target);
      }
    }
  }
  let end: FlowState | undefined;
  for (const node of scope.nodes.values()) {
    const before = entered.get(node.name);
    if (before === undefined) continue;
    walk.found?.entries.set(node, before);
    const last = leave(node, before, walk).end;
    if (last !== undefined) end = end === undefined ? last : meet(end, last, false);
  }
  return end;
}

/** The names of the states so that each comes behind those that lead to it, but for ways back. */
function orderOf({ nodes, startAt }: WorkflowScope): readonly string[] {
  const order: string[] = [];
  const seen = new Set([startAt]);
  const stack = [{ name: startAt, next: targetsOf(nodes.get(startAt)) }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const target = top.next.pop();
    if (target === undefined) {
      order.push(top.name);
      stack.pop();
    } else if (!seen.has(target)) {
      seen.add(target);
      stack.push({ name: target, next: targetsOf(nodes.get(target)) });
    }
  }
  return order.reverse();
}

const targetsOf = (node: StateNode | undefined): string[] =>
  node === undefined ? [] : edgesOf(node).map(({ target }) => target);

const meet = (one: FlowState, other: FlowState, giveUp: boolean): FlowState =>
  giveUp
    ? { input: UNKNOWN, variables: ANY_VARIABLES }
    : { input: join(one.input, other.input), variables: join(one.variables, other.variables) as ObjectShape };

/** Where a state leads to and with what. */
interface Leaving {
  readonly ways: readonly { readonly target: string; readonly after: FlowState }[];
  /** What the `States` map ends with, if it ends here. */
  readonly end: FlowState | undefined;
}

/** One state at work: what it reads is told to the walk. */
interface Visit {
  readonly node: StateNode;
  readonly before: FlowState;
  readonly walk: Walk;
  readonly observe: Observe;
}

function leave(node: StateNode, before: FlowState, walk: Walk): Leaving {
  const observe: Observe = (reading) => walk.found?.readings.push({ ...reading, node });
  const visit: Visit = { node, before, walk, observe };
  if (node.state.Type === 'Fail') {
    for (const field of ['Error', 'Cause'] as const) value(visit, field, node.state[field], before.input);
    for (const field of ['ErrorPath', 'CausePath'] as const) value(visit, field, node.state[field], before.input);
    return { ways: [], end: undefined };
  }
  if (node.state.Type === 'Choice') return leaveChoice(visit, node.state.Choices);
  const { after, ended } = work(visit);
  const ways = edgesOf(node).map((edge) => ({
    target: edge.target,
    after: edge.via === 'Catch' ? caught(visit, edge) : after,
  }));
  return {
    ways: ended ? ways : ways.filter((_, index) => edgesOf(node)[index]?.via === 'Catch'),
    end: isTerminal(node) && ended ? after : undefined,
  };
}

/** What `$`, `$$` and `$states` mean. */
function scene(
  { node, before, walk, observe }: Visit,
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
  return { document, context, variables, states, observe, parsed: walk.parsed };
}

/** A path field, or a field that may be an expression: it is read, and its shape given. */
function value(visit: Visit, field: string, content: unknown, document: Shape): Shape {
  if (typeof content !== 'string') return UNKNOWN;
  const at = memberOf(visit.node.position, field);
  if (visit.node.language === 'JSONata') return evaluateJsonata(content, scene(visit, document), at);
  return field.endsWith('Path') ? evaluateValue(content, scene(visit, document), at) : text();
}

const PATH_FIELDS = [
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'SecondsPath',
  'TimestampPath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
];

/** The states that have one way on: what they hand on, and whether they ever do. */
function work(visit: Visit): { readonly after: FlowState; readonly ended: boolean } {
  const { node, before } = visit;
  const { state, position } = node;
  const effective = inputPath(visit);
  for (const field of PATH_FIELDS) value(visit, field, node.source[field], effective);
  for (const field of ['TimeoutSeconds', 'HeartbeatSeconds', 'Seconds', 'Timestamp', 'MaxConcurrency'])
    if (node.language === 'JSONata') value(visit, field, node.source[field], effective);
  switch (state.Type) {
    case 'Task': {
      parameters(visit, effective);
      readCredentials(visit, effective);
      const named = `the result of "${node.name}"`;
      const answer = node.resource?.kind === 'service' ? resultOf(node.resource, requestOf(node)) : UNKNOWN;
      const origin = answer.kind !== 'unknown' && answer.origin !== undefined ? `${named}, ${answer.origin}` : named;
      return { after: finish(visit, from(answer, origin)), ended: true };
    }
    case 'Parallel': {
      const given = parameters(visit, effective);
      const ends = node.inside.map((branch) => through(branch, { input: given, variables: before.variables }, visit.walk)?.input);
      const result = tuple(
        ends.map((end) => end ?? UNKNOWN),
        `the results of the branches of "${node.name}", an array`,
      );
      return { after: finish(visit, result), ended: ends.every((end) => end !== undefined) };
    }
    case 'Map':
      return map(visit, state, effective);
    case 'Pass': {
      if (node.language === 'JSONata') return { after: finish(visit, before.input), ended: true };
      const handed = parameters(visit, effective);
      const result = state.Result === undefined ? handed : shapeOf(state.Result, `the Result of "${node.name}"`);
      return { after: finish(visit, result), ended: true };
    }
    case 'Wait':
    case 'Succeed':
      return { after: finishPlain(visit, effective), ended: true };
    case 'Choice':
    case 'Fail':
      throw new Error(`${state.Type} "${position.location}" has no single way on`);
  }
}

const requestOf = ({ source, language }: StateNode): JsonObject | undefined => {
  const request = source[language === 'JSONata' ? 'Arguments' : 'Parameters'];
  return isObject(request) ? request : undefined;
};

function inputPath(visit: Visit): Shape {
  const { node, before } = visit;
  const path = node.source['InputPath'];
  if (path === undefined || node.language === 'JSONata') return before.input;
  return path === null
    ? closed({}, `the input of "${node.name}", whose InputPath is null`)
    : value(visit, 'InputPath', path, before.input);
}

/** Parameters, or Arguments in JSONata. */
function parameters(visit: Visit, effective: Shape): Shape {
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

function readCredentials(visit: Visit, effective: Shape): void {
  const credentials = visit.node.source['Credentials'];
  if (credentials === undefined) return;
  const at = memberOf(visit.node.position, 'Credentials');
  if (visit.node.language === 'JSONata') evaluateJsonata(credentials, scene(visit, effective), at);
  else evaluateTemplate(credentials, scene(visit, effective), at);
}

/** The way out of a state with a result. */
function finish(visit: Visit, result: Shape): FlowState {
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
function finishPlain(visit: Visit, effective: Shape): FlowState {
  const { node } = visit;
  if (node.language === 'JSONata') return finishJsonata(visit, node.source, node.position, undefined);
  const variables = assignVariables(visit, node.source, node.position, scene(visit, effective));
  return { input: outputPath(visit, effective), variables };
}

/** `Output` and `Assign` of a state, a Catcher or a Choice Rule in JSONata. */
function finishJsonata(visit: Visit, holder: JsonObject, at: Position, result: Shape | undefined, error?: Shape): FlowState {
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

function assignVariables(visit: Visit, holder: JsonObject, at: Position, where: Scene): ObjectShape {
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

function writeResult(visit: Visit, holder: JsonObject, at: Position, result: Shape, input: Shape): Shape {
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
const keysOf = (path: string): readonly (string | number)[] =>
  parsePath(path).segments.flatMap((segment): readonly (string | number)[] =>
    segment.kind === 'fields' ? segment.names : segment.kind === 'indexes' ? segment.indexes : [],
  );

function outputPath(visit: Visit, written: Shape): Shape {
  const path = visit.node.source['OutputPath'];
  if (path === undefined) return written;
  return path === null
    ? closed({}, `the output of "${visit.node.name}", whose OutputPath is null`)
    : value(visit, 'OutputPath', path, written);
}

/** What a Catcher hands on. */
function caught(visit: Visit, edge: Edge): FlowState {
  const { node, before } = visit;
  const catcher = ('Catch' in node.state ? node.state.Catch?.[edge.index] : undefined) as Catcher;
  const holder = catcher as unknown as JsonObject;
  const error = withMaybe(closed({ Error: text() }, `the Error Output of "${node.name}"`), { Cause: text() });
  if (node.language === 'JSONata') return finishJsonata(visit, holder, edge.position, undefined, error);
  const variables = assignVariables(visit, holder, edge.position, scene(visit, error));
  return { input: writeResult(visit, holder, edge.position, error, before.input), variables };
}

function leaveChoice(visit: Visit, rules: readonly ChoiceRule[]): Leaving {
  const { node } = visit;
  const effective = inputPath(visit);
  const ways = edgesOf(node).map((edge) => {
    const rule = edge.via === 'Choices' ? (rules[edge.index] as unknown as JsonObject) : undefined;
    const at = rule === undefined ? node.position : edge.position;
    if (rule !== undefined) readRule(visit, rule, at, effective);
    const after = afterChoice(visit, rule ?? node.source, at, effective);
    const input = relax(after.input);
    // What a test has found is there; but OutputPath may have taken it away.
    const shown = rule === undefined || node.source['OutputPath'] !== undefined ? input : testedPaths(rule).reduce(assume, input);
    return { target: edge.target, after: { input: shown, variables: relax(after.variables) as ObjectShape } };
  });
  return { ways, end: undefined };
}

function afterChoice(visit: Visit, holder: JsonObject, at: Position, effective: Shape): FlowState {
  if (visit.node.language === 'JSONata') {
    const condition = holder['Condition'];
    if (condition !== undefined) evaluateJsonata(condition, scene(visit, effective), memberOf(at, 'Condition'));
    return finishJsonata(visit, holder, at, undefined);
  }
  const variables = assignVariables(visit, holder, at, scene(visit, effective));
  return { input: outputPath(visit, effective), variables };
}

/** The paths of the input that are surely there if the rule holds. */
function testedPaths(rule: JsonObject): (readonly (string | number)[])[] {
  const all = rule['And'];
  if (isArray(all)) return all.filter(isObject).flatMap(testedPaths);
  const variable = rule['Variable'];
  if (typeof variable !== 'string' || rule['IsPresent'] === false || !/^\$[.[]/.test(variable)) return [];
  const others = Object.entries(rule).flatMap(([name, path]) =>
    name !== 'Variable' && name.endsWith('Path') && typeof path === 'string' && /^\$[.[]/.test(path) ? [path] : [],
  );
  return [variable, ...others].map((path) => keysOf(path));
}

/** Reads what a rule compares. IsPresent reads nothing; what stands beside one in And or Or is guarded by it. */
function readRule(visit: Visit, rule: Json | undefined, at: Position, effective: Shape, isGuarded = false): void {
  if (!isObject(rule) || visit.node.language === 'JSONata') return;
  for (const operator of ['And', 'Or']) {
    const rules = rule[operator];
    if (!isArray(rules)) continue;
    const guarded = isGuarded || JSON.stringify(rules).includes('"IsPresent"');
    rules.forEach((one, index) => readRule(visit, one, elementOf(memberOf(at, operator), index), effective, guarded));
  }
  readRule(visit, rule['Not'], memberOf(at, 'Not'), effective, isGuarded);
  const variable = rule['Variable'];
  if (typeof variable !== 'string' || Object.hasOwn(rule, 'IsPresent')) return;
  const where = scene(isGuarded ? { ...visit, observe: () => undefined } : visit, effective);
  const position = memberOf(at, 'Variable');
  const shape = evaluateValue(variable, where, position);
  visit.walk.found?.comparisons.push({ node: visit.node, rule, position, shape });
  for (const [name, path] of Object.entries(rule))
    if (typeof path === 'string' && name.endsWith('Path')) evaluateValue(path, where, memberOf(at, name));
}

function map(visit: Visit, state: MapState, effective: Shape): { readonly after: FlowState; readonly ended: boolean } {
  const { node, before, walk } = visit;
  const [inner] = node.inside as readonly [WorkflowScope];
  const item = itemOf(visit, state, effective);
  const mapItem = open({ Index: NUMBER, Value: item });
  const where = scene(visit, effective, {}, mapItem);
  const field = selectorField(node.source);
  const selector = node.source[field];
  const at = memberOf(node.position, field);
  const origin = `the ${field} of "${node.name}"`;
  const selected =
    selector === undefined
      ? item
      : node.language === 'JSONata'
        ? evaluateJsonata(selector, where, at, origin)
        : evaluateTemplate(selector, where, at, origin);
  const isApart = inner.kind === 'children';
  const given = isApart && state.ItemBatcher !== undefined ? batchOf(visit, state.ItemBatcher, selected, effective) : selected;
  const end = through(
    inner,
    { input: given, variables: isApart ? NO_VARIABLES : before.variables },
    { ...walk, mapItem, executionInput: isApart ? given : walk.executionInput },
  );
  const writer = state.ResultWriter;
  const result =
    isApart && isObject(writer) && writer['Resource'] !== undefined
      ? closed(
          { MapRunArn: text(), ResultWriterDetails: closed({ Bucket: text(), Key: text() }) },
          `where "${node.name}" wrote its results`,
        )
      : from(arrayOf(end?.input ?? UNKNOWN), `the results of "${node.name}", an array`);
  return { after: finish(visit, result), ended: true };
}

/** What an item of a Map is. */
function itemOf(visit: Visit, state: MapState, effective: Shape): Shape {
  const { node } = visit;
  const isApart = node.inside[0]?.kind === 'children';
  if (isApart && isObject(state.ItemReader)) {
    for (const field of ['Parameters', 'Arguments'] as const) {
      const request = state.ItemReader[field];
      const at = memberOf(memberOf(node.position, 'ItemReader'), field);
      if (request !== undefined)
        (node.language === 'JSONata' ? evaluateJsonata : evaluateTemplate)(request, scene(visit, effective), at);
    }
    return readItem(state.ItemReader);
  }
  const items =
    node.language === 'JSONata'
      ? state.Items === undefined
        ? visit.before.input
        : evaluateJsonata(state.Items, scene(visit, effective), memberOf(node.position, 'Items'))
      : state.ItemsPath === undefined
        ? effective
        : value(visit, 'ItemsPath', state.ItemsPath, effective);
  if (items.kind !== 'array') return UNKNOWN;
  if (items.items !== undefined) visit.walk.found?.items.set(node, items.items.length);
  return from(items.item, `an item of "${node.name}"`);
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
function readItem(reader: JsonObject): Shape {
  const config = isObject(reader['ReaderConfig']) ? reader['ReaderConfig'] : {};
  const cell = text({ origin: 'cells of CSV are strings' });
  if (config['InputType'] === 'CSV') {
    const headers = config['CSVHeaders'];
    return isArray(headers)
      ? closed(
          Object.fromEntries(headers.filter((name) => typeof name === 'string').map((name) => [name, cell])),
          'a row of the CSV, with the columns of CSVHeaders',
        )
      : open({}, 'a row of the CSV', cell);
  }
  const lists = typeof reader['Resource'] === 'string' && reader['Resource'].endsWith(':listObjectsV2');
  if (lists && config['Transformation'] !== 'LOAD_AND_FLATTEN' && config['InputType'] === undefined)
    return open(
      { Etag: text(), Key: text(), LastModified: NUMBER, Size: NUMBER, StorageClass: text() },
      'an object of the bucket',
    );
  return UNKNOWN;
}

function batchOf(visit: Visit, batcher: JsonObject, item: Shape, effective: Shape): Shape {
  const { node } = visit;
  const at = memberOf(memberOf(node.position, 'ItemBatcher'), 'BatchInput');
  const input = batcher['BatchInput'];
  const evaluate = node.language === 'JSONata' ? evaluateJsonata : evaluateTemplate;
  return closed(
    { ...(input === undefined ? {} : { BatchInput: evaluate(input, scene(visit, effective), at) }), Items: arrayOf(item) },
    `a batch of "${node.name}", whose ItemBatcher gives the children { Items: […] }`,
  );
}
