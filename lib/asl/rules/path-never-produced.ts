import { describeLoss, isLost, isLostToCatcher, isLostToSchema } from './lost-path';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

export const rule: Rule = {
  id: 'path-never-produced',
  summary: 'A path reads what no state before it can have produced',
  why: 'The execution dies with States.Runtime, which nothing catches: a result replaced the input (ResultPath is $ by default), an integration wraps its answer (Payload), a Parallel gives an array, a batch is { Items }.',
  source:
    'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultpath.html · https://github.com/aws/aws-cdk/issues/29473 · https://github.com/rollthecloudinc/hedge/issues/300',
  failing: {
    definition: workflow({
      Charge: { ...invoke('charge'), Next: 'Ship' },
      Ship: { ...invoke('ship'), Parameters: { FunctionName: 'ship', Payload: { 'id.$': '$.orderId' } }, End: true },
    }),
  },
  corrected: {
    definition: workflow({
      Charge: { ...invoke('charge'), ResultPath: '$.charge', Next: 'Ship' },
      Ship: { ...invoke('ship'), Parameters: { FunctionName: 'ship', Payload: { 'id.$': '$.orderId' } }, End: true },
    }),
  },
  check: ({ flow }) =>
    flow.readings
      .filter(
        (reading) => reading.root !== 'variable' && isLost(reading) && !isLostToCatcher(reading) && !isLostToSchema(reading),
      )
      .map((reading) => ({
        at: reading.position,
        message: describeLoss(reading),
        hint:
          reading.node.language === 'JSONata'
            ? 'keep it with the Output of a state before, or in a variable with Assign, or read it from where it is'
            : 'keep it with ResultPath, select it with ResultSelector, or read it from where it is',
      })),
};
