import type { Json } from '../../../lib/testing';
import { evaluationFailed, twinPasses, type Twins, twinStates } from './twins';

const ARN = 'arn:aws:states:us-east-1:123456789012';

/** A path into the Context Object, in Parameters. */
const field = (path: string, value: unknown, input: Json = {}): Twins =>
  twinPasses(path, { Parameters: { 'value.$': path } }, { Output: { value: `{% ${path.replace('$$', '$states.context')} %}` } }, [
    [input, value === evaluationFailed ? value : { value }],
  ]);

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export const contextObject: readonly Twins[] = [
  field('$$.Execution.Id', `${ARN}:execution:StateMachine:twin`),
  field('$$.Execution.Name', 'twin'),
  field('$$.Execution.RoleArn', expect.stringMatching(/^arn:aws:iam::/)),
  field('$$.Execution.StartTime', expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)),
  field('$$.Execution.RedriveCount', 0),
  field('$$.Execution.Input', { a: [1] }, { a: [1] }),
  field('$$.Execution.Input.a[0]', 1, { a: [1] }),
  field('$$.State.Name', 'Only'),
  field('$$.State.EnteredTime', expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)),
  field('$$.StateMachine.Id', `${ARN}:stateMachine:StateMachine`),
  field('$$.StateMachine.Name', 'StateMachine'),
  field('$$', expect.objectContaining({ Execution: expect.anything(), State: expect.anything() })),
  field('$$.Task.Token', evaluationFailed),
  field('$$.Map.Item.Index', evaluationFailed),
  twinPasses(
    'InputPath and OutputPath into the Context Object',
    { InputPath: '$$.Execution.Input', OutputPath: '$$.State.Name' },
    { Output: '{% $states.context.State.Name %}' },
    [[{ a: 1 }, 'Only']],
  ),
  twinStates(
    'a Succeed',
    { Type: 'Succeed', InputPath: '$$.Execution.Name' },
    { Type: 'Succeed', Output: '{% $states.context.Execution.Name %}' },
    [[{}, 'twin']],
  ),
];
