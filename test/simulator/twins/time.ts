import { lambda, neverAnswers, takes } from '../../../lib/testing';
import { evaluationFailed, failed, type Run, type Twins, twinStates } from './twins';

const waits = (name: string, jsonPath: object, jsonata: object, runs: readonly Run[]): Twins =>
  twinStates(name, { Type: 'Wait', ...jsonPath }, { Type: 'Wait', ...jsonata }, runs);

const input = {
  wait: { seconds: 90, none: 0 },
  at: '2030-01-01T00:00:00Z',
  past: '2001-01-01T00:00:00Z',
  text: '5s',
  half: 1.5,
  less: -1,
};

const wait: readonly Twins[] = [
  waits('Seconds', { Seconds: 30 }, { Seconds: 30 }, [[input, input, 30]]),
  waits('SecondsPath', { SecondsPath: '$.wait.seconds' }, { Seconds: '{% $states.input.wait.seconds %}' }, [
    [input, input, 90],
    [{}, evaluationFailed, 0],
  ]),
  waits('SecondsPath to 0', { SecondsPath: '$.wait.none' }, { Seconds: '{% $states.input.wait.none %}' }, [[input, input, 0]]),
  waits('SecondsPath to a text', { SecondsPath: '$.text' }, { Seconds: '{% $states.input.text %}' }, [
    [input, evaluationFailed, 0],
  ]),
  waits('SecondsPath to a fraction', { SecondsPath: '$.half' }, { Seconds: '{% $states.input.half %}' }, [
    [input, evaluationFailed, 0],
  ]),
  waits('SecondsPath to less than 0', { SecondsPath: '$.less' }, { Seconds: '{% $states.input.less %}' }, [
    [input, evaluationFailed, 0],
  ]),
  waits(
    'SecondsPath reads what InputPath has selected',
    { InputPath: '$.wait', SecondsPath: '$.seconds' },
    { Seconds: '{% $states.input.wait.seconds %}', Output: '{% $states.input.wait %}' },
    [[input, input.wait, 90]],
  ),
  waits('Timestamp', { Timestamp: '2030-01-01T01:00:00+01:00' }, { Timestamp: '2030-01-01T01:00:00+01:00' }, [
    [input, input, 3600],
  ]),
  waits('Timestamp in the past', { Timestamp: '2001-01-01T00:00:00Z' }, { Timestamp: '2001-01-01T00:00:00Z' }, [
    [input, input, 0],
  ]),
  waits('TimestampPath', { TimestampPath: '$.at' }, { Timestamp: '{% $states.input.at %}' }, [
    [input, input, 3600],
    [{}, evaluationFailed, 0],
    [{ at: '2030-01-01' }, evaluationFailed, 0],
    [{ at: 5 }, evaluationFailed, 0],
  ]),
  waits('TimestampPath into the past', { TimestampPath: '$.past' }, { Timestamp: '{% $states.input.past %}' }, [
    [input, input, 0],
  ]),
  waits(
    'TimestampPath into the Context Object',
    { TimestampPath: '$$.Execution.StartTime' },
    { Timestamp: '{% $states.context.Execution.StartTime %}' },
    [[input, input, 0]],
  ),
];

const INVOKE = 'arn:aws:states:::lambda:invoke';
const slow = () => [lambda('slow', neverAnswers())];

const limits: readonly Twins[] = [
  twinStates(
    'TimeoutSeconds',
    { Type: 'Task', Resource: INVOKE, Parameters: { FunctionName: 'slow' }, TimeoutSeconds: 7 },
    { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'slow' }, TimeoutSeconds: 7 },
    [[{}, failed('States.Timeout'), 7]],
    slow,
  ),
  twinStates(
    'TimeoutSecondsPath',
    { Type: 'Task', Resource: INVOKE, Parameters: { FunctionName: 'slow' }, TimeoutSecondsPath: '$.limits.all' },
    { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'slow' }, TimeoutSeconds: '{% $states.input.limits.all %}' },
    [
      [{ limits: { all: 5 } }, failed('States.Timeout'), 5],
      [{ limits: { all: 86_400 } }, failed('States.Timeout'), 86_400],
      [{ limits: {} }, evaluationFailed, 0],
      [{ limits: { all: '5' } }, evaluationFailed, 0],
    ],
    slow,
  ),
  twinStates(
    'TimeoutSecondsPath reads the raw input, whatever InputPath selects',
    {
      Type: 'Task',
      Resource: INVOKE,
      InputPath: '$.order',
      Parameters: { FunctionName: 'slow', 'Payload.$': '$' },
      TimeoutSecondsPath: '$.limit',
    },
    {
      Type: 'Task',
      Resource: INVOKE,
      Arguments: { FunctionName: 'slow', Payload: '{% $states.input.order %}' },
      TimeoutSeconds: '{% $states.input.limit %}',
    },
    [[{ order: { limit: 1 }, limit: 3 }, failed('States.Timeout'), 3]],
    slow,
  ),
  twinStates(
    'an answer in time',
    {
      Type: 'Task',
      Resource: INVOKE,
      Parameters: { FunctionName: 'slow' },
      OutputPath: '$.Payload',
      TimeoutSecondsPath: '$.limit',
    },
    {
      Type: 'Task',
      Resource: INVOKE,
      Arguments: { FunctionName: 'slow' },
      Output: '{% $states.result.Payload %}',
      TimeoutSeconds: '{% $states.input.limit %}',
    },
    [
      [{ limit: 21 }, 'done', 20],
      [{ limit: 19 }, failed('States.Timeout'), 19],
    ],
    () => [lambda('slow', takes(20, 'done'))],
  ),
];

export const time: readonly Twins[] = [...wait, ...limits];
