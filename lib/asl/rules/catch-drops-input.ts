import { isObject } from '../../json/json';
import { edgesOf, type StateNode } from '../workflow';
import { catchersOf } from './error-names';
import { invoke, workflow } from './example';
import { describeLoss, isLost, isLostToCatcher } from './lost-path';
import { requestOf } from './request';
import type { Finding, Rule } from './rule';

const refund = { ...invoke('refund'), Parameters: { FunctionName: 'refund', Payload: { 'orderId.$': '$.orderId' } }, End: true };

export const rule: Rule = {
  id: 'catch-drops-input',
  summary: 'A Catcher replaces the input by the Error Output, and what follows needs the input',
  why: 'A Catcher without ResultPath (in JSONata: without Output) hands on { Error, Cause } and nothing else: the compensation does not know what to compensate, or dies with States.Runtime.',
  source:
    'https://github.com/serverless-operations/serverless-step-functions/issues/318 · https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  failing: {
    definition: workflow({
      Charge: { ...invoke('charge'), Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Refund' }], End: true },
      Refund: refund,
    }),
  },
  corrected: {
    definition: workflow({
      Charge: { ...invoke('charge'), Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Refund' }], End: true },
      Refund: refund,
    }),
  },
  check: ({ nodes, flow }) => {
    const lost = flow.readings.filter((reading) => reading.root !== 'variable' && isLost(reading) && isLostToCatcher(reading));
    const findings: Finding[] = lost.map((reading) => ({
      at: reading.position,
      message: describeLoss(reading),
      hint:
        reading.node.language === 'JSONata'
          ? 'give the Catcher an Output that keeps the input'
          : 'set "ResultPath": "$.error" in the Catcher',
    }));
    const reported = new Set(lost.map(({ node }) => node));
    for (const node of nodes) {
      for (const edge of edgesOf(node)) {
        const handler = node.scope.nodes.get(edge.target);
        if (edge.via !== 'Catch' || handler === undefined || reported.has(handler)) continue;
        const catcher = catchersOf(node)[edge.index];
        const keeps = node.language === 'JSONata' ? catcher?.Output !== undefined : catcher?.ResultPath !== undefined;
        if (keeps || catcher?.Assign !== undefined || !readsOwnInput(node) || !compensatesWithAll(handler)) continue;
        findings.push({
          at: edge.position,
          message: `The Catcher hands "${handler.name}" only the Error Output { Error, Cause }; the input of "${node.name}" is lost`,
          hint: node.language === 'JSONata' ? 'give it an Output that keeps the input' : 'set "ResultPath": "$.error"',
        });
      }
    }
    return findings;
  },
};

/** True for a task whose request is made of its input. */
const readsOwnInput = (node: StateNode): boolean => {
  const request = JSON.stringify(requestOf(node) ?? '$');
  return node.language === 'JSONata' ? request.includes('$states.input') || request === '"$"' : /"\$[".]/.test(request);
};

/** True for a function or a child execution that gets the whole input, and with it nothing but the error. */
function compensatesWithAll(node: StateNode): boolean {
  const { resource } = node;
  if (resource === undefined || node.source['InputPath'] !== undefined) return false;
  if (resource.kind === 'lambda' || resource.kind === 'activity') return requestOf(node) === undefined;
  const isWork = resource.resourceType === 'lambda' || resource.resourceType === 'states';
  const request = requestOf(node);
  if (!isWork || !isObject(request)) return false;
  const payload =
    node.language === 'JSONata' ? (request['Payload'] ?? request['Input']) : (request['Payload.$'] ?? request['Input.$']);
  return payload === '$' || payload === '{% $states.input %}';
}
