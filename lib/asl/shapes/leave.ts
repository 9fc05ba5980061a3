import { isObject, type JsonObject } from '../../json/json';
import { memberOf } from '../position';
import type { Catcher } from '../types';
import { type Edge, edgesOf, isTerminal, type StateNode } from '../workflow';
import { evaluateJsonata, evaluateTemplate } from './evaluate';
import { resultOf } from './integration-results';
import { errorOutputOf } from './error-output';
import { leaveChoice, type Way } from './leave-choice';
import { UNWATCHED, type Watch } from './scene';
import { from, shapeOf, tuple, UNKNOWN } from './shape';
import { throughMap } from './through-map';
import {
  ANY_VARIABLES,
  assignVariables,
  finish,
  finishJsonata,
  finishPlain,
  type FlowState,
  type Found,
  inputPath,
  parameters,
  scene,
  type Value,
  value,
  type Visit,
  type Walk,
  writeResult,
} from './visit';

/** Where a state leads to and with what. */
export interface Leaving {
  readonly ways: readonly Way[];
  /** What the `States` map ends with, if it ends here. */
  readonly end: FlowState | undefined;
}

/** What a state reads, where it leads to and with what. */
export function leave(node: StateNode, before: FlowState, walk: Walk): Leaving {
  if (node.isOpaque) return leaveUnseen(node, walk);
  const visit: Visit = { node, before, walk, watch: watchOf(node, walk.found) };
  if (node.state.Type === 'Fail') {
    for (const field of ['Error', 'Cause'] as const) value(visit, field, node.state[field], before.input);
    for (const field of ['ErrorPath', 'CausePath'] as const) value(visit, field, node.state[field], before.input);
    return { ways: [], end: undefined };
  }
  if (node.state.Type === 'Choice') return { ways: leaveChoice(visit, node.state.Choices), end: undefined };
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

/** A state of which not all could be read hands on whatever it likes, also to the states in it. */
function leaveUnseen(node: StateNode, walk: Walk): Leaving {
  const after: FlowState = { input: UNKNOWN, variables: ANY_VARIABLES };
  for (const scope of node.inside) walk.through(scope, after, { ...walk, mapItem: UNKNOWN });
  return { ways: edgesOf(node).map(({ target }) => ({ target, after })), end: isTerminal(node) ? after : undefined };
}

/** Writes down what a state does, once it is known what comes to it. */
function watchOf(node: StateNode, found: Found | undefined): Watch {
  if (found === undefined) return UNWATCHED;
  const values: Value[] = [];
  found.values.set(node, values);
  return {
    read: (reading) => found.readings.push({ ...reading, node }),
    give: (position, shape) => values.push({ position, shape }),
    use: (use) => found.uses.push({ ...use, node }),
  };
}

/** Paths that read the state's raw input, whatever its InputPath says. */
const RAW_PATH_FIELDS = ['TimeoutSecondsPath', 'HeartbeatSecondsPath', 'MaxConcurrencyPath'];
/** Paths that read the effective input. */
const PATH_FIELDS = ['SecondsPath', 'TimestampPath', 'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath'];

/** The states that have one way on: what they hand on, and whether they ever do. */
function work(visit: Visit): { readonly after: FlowState; readonly ended: boolean } {
  const { node, before } = visit;
  const { state, position } = node;
  const effective = inputPath(visit);
  for (const field of RAW_PATH_FIELDS) value(visit, field, node.source[field], before.input);
  for (const field of PATH_FIELDS) value(visit, field, node.source[field], effective);
  for (const field of ['TimeoutSeconds', 'HeartbeatSeconds', 'Seconds', 'Timestamp', 'MaxConcurrency'])
    if (node.language === 'JSONata') value(visit, field, node.source[field], effective);
  switch (state.Type) {
    case 'Task': {
      parameters(visit, effective);
      readCredentials(visit);
      const named = `the result of "${node.name}"`;
      const answer = node.resource?.kind === 'service' ? resultOf(node.resource, requestOf(node)) : UNKNOWN;
      const origin = answer.kind !== 'unknown' && answer.origin !== undefined ? `${named}, ${answer.origin}` : named;
      return { after: finish(visit, from(answer, origin)), ended: true };
    }
    case 'Parallel': {
      const given = parameters(visit, effective);
      const ends = node.inside.map(
        (branch) => visit.walk.through(branch, { input: given, variables: before.variables }, visit.walk)?.input,
      );
      const result = tuple(
        ends.map((end) => end ?? UNKNOWN),
        `the results of the branches of "${node.name}", an array`,
      );
      return { after: finish(visit, result), ended: ends.every((end) => end !== undefined) };
    }
    case 'Map':
      return throughMap(visit, state, effective);
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

/** Of a Task; reads the raw input. */
function readCredentials(visit: Visit): void {
  const credentials = visit.node.source['Credentials'];
  if (credentials === undefined) return;
  const at = memberOf(visit.node.position, 'Credentials');
  if (visit.node.language === 'JSONata') evaluateJsonata(credentials, scene(visit, visit.before.input), at);
  else evaluateTemplate(credentials, scene(visit, visit.before.input), at);
}

/** What a Catcher hands on. */
function caught(visit: Visit, edge: Edge): FlowState {
  const { node, before } = visit;
  const catcher = ('Catch' in node.state ? node.state.Catch?.[edge.index] : undefined) as Catcher;
  const holder = catcher as unknown as JsonObject;
  const error = errorOutputOf(node, catcher.ErrorEquals);
  if (node.language === 'JSONata') return finishJsonata(visit, holder, edge.position, undefined, error);
  const variables = assignVariables(visit, holder, edge.position, scene(visit, error));
  return { input: writeResult(visit, holder, edge.position, error, before.input), variables };
}
