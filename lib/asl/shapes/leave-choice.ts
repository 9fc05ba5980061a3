import { isArray, isObject, type Json, type JsonObject } from '../../json/json';
import { elementOf, memberOf, type Position } from '../position';
import type { ChoiceRule } from '../types';
import { edgesOf } from '../workflow';
import { evaluateJsonata, evaluateValue } from './evaluate';
import { UNWATCHED } from './scene';
import { assume } from './select';
import { type ObjectShape, relax, type Shape } from './shape';
import { assignVariables, finishJsonata, type FlowState, inputPath, keysOf, outputPath, scene, type Visit } from './visit';

/** A way out of a state and what goes on there. */
export interface Way {
  readonly target: string;
  readonly after: FlowState;
}

/** A Choice: each rule shows something of the data, and each has its own `Assign` and `Output`. */
export function leaveChoice(visit: Visit, rules: readonly ChoiceRule[]): readonly Way[] {
  const { node } = visit;
  const effective = inputPath(visit);
  return edgesOf(node).map((edge) => {
    const rule = edge.via === 'Choices' ? (rules[edge.index] as unknown as JsonObject) : undefined;
    const at = rule === undefined ? node.position : edge.position;
    if (rule !== undefined) readRule(visit, rule, at, effective);
    const after = afterChoice(
      edge.via === 'Choices' && edge.index === 0 ? visit : behindRules(visit),
      rule ?? node.source,
      at,
      effective,
    );
    const input = relax(after.input);
    // What a test has found is there; but OutputPath may have taken it away.
    const shown = rule === undefined || node.source['OutputPath'] !== undefined ? input : testedPaths(rule).reduce(assume, input);
    return { target: edge.target, after: { input: shown, variables: relax(after.variables) as ObjectShape } };
  });
}

/** A rule is looked at when those before it have not held: they may have tested what it reads. */
const behindRules = (visit: Visit): Visit => ({
  ...visit,
  before: { input: relax(visit.before.input), variables: relax(visit.before.variables) as ObjectShape },
});

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
  const where = scene(isGuarded ? { ...visit, watch: UNWATCHED } : visit, effective);
  const position = memberOf(at, 'Variable');
  const shape = evaluateValue(variable, where, position);
  visit.walk.found?.comparisons.push({ node: visit.node, rule, position, shape });
  for (const [name, path] of Object.entries(rule))
    if (typeof path === 'string' && name.endsWith('Path')) evaluateValue(path, where, memberOf(at, name));
}
