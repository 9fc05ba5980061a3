// Runs AWS's recordings (see the conformance runner's own README) on the public API of the built package.
// It knows no record: what it reads is the definition, the input, the type, and the answers that AWS's services gave.
import { isDeepStrictEqual } from 'node:util';
import simulator from '../../dist/lib/simulator.js';

const {
  compile,
  createWorld,
  DefinitionError,
  parse,
  renderInvalidDefinition,
  StatesError,
  TestStateError,
  validate: validateDefinition,
} = simulator;

const startsJob = (call, answer) =>
  /\.sync(:2)?$/.test(call.resource) && call.submitted === undefined && answer?.submitted !== undefined;

/** Answers to a state's attempts: the first unused one to the same request, else the first unused one. */
function answersOf(mocks) {
  const unused = new Map(Object.entries(mocks ?? {}).map(([state, answers]) => [state, [...answers]]));
  return (call) => {
    const answers = unused.get(call.state) ?? [];
    const same = answers.findIndex(({ request }) => request !== undefined && isDeepStrictEqual(request, call.parameters));
    const index = Math.max(same, 0);
    const answer = answers[index];
    // A job's answer is used up by who waits for the job, not by who starts it.
    if (!startsJob(call, answer)) answers.splice(index, 1);
    if (answer === undefined) throw new Error(`no answer was recorded for attempt ${call.attempt + 1} of "${call.state}"`);
    return answer;
  };
}

export async function run({ definition, input, type, mocks }) {
  const next = answersOf(mocks);
  const perform = (call) => {
    const answer = next(call);
    if (startsJob(call, answer)) return { value: answer.submitted, durationMs: 0 };
    if (call.token !== undefined && answer.submitted !== undefined) {
      if (answer.return !== undefined) world.after(1000, () => world.sendTaskSuccess(call.token, JSON.stringify(answer.return)));
      else if (answer.throw !== undefined && !answer.timeout) {
        world.after(1000, () => world.sendTaskFailure(call.token, answer.throw.error, answer.throw.cause));
      }
      return { value: answer.submitted, durationMs: 0 };
    }
    if (answer.timeout || answer.pending) return { value: null, durationMs: Infinity };
    if (answer.throw !== undefined) throw new StatesError(answer.throw.error, answer.throw.cause);
    return { value: answer.return ?? null, durationMs: 0 };
  };
  // A state without answers failed before AWS asked for one; of an activity there is one reason for that.
  const worker = ({ state }) => (mocks?.[state] === undefined ? undefined : {});
  const world = createWorld({ perform, worker });
  const machine = {
    name: 'machine',
    arn: 'arn:aws:states:us-east-1:111111111111:stateMachine:machine',
    roleArn: 'snf_role_arn',
    type,
    program: compile(parse(definition, { type })),
  };
  return world.startExecution(machine, input).run();
}

/** What ValidateStateMachineDefinition answers; `reject`, which is not part of it, is what CreateStateMachine answers. */
export function validate({ definition, definition_text: text, type, params: { severity, maxResults } = {} }) {
  const given = definition ?? text;
  const validation = validateDefinition(given, { type, severity, maxResults });
  return Object.assign(Object.create({ reject: rejectionOf(given, type) }), validation);
}

function rejectionOf(definition, type) {
  try {
    parse(definition, { type });
    return null;
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return { code: 'InvalidDefinition', message: renderInvalidDefinition(error.problems) };
  }
}

export async function testState({ definition, params }) {
  try {
    const { unchecked: _unchecked, ...response } = await simulator.testState({ definition, ...params });
    return response;
  } catch (error) {
    if (error instanceof TestStateError) return { error: { Code: error.code, Message: error.message } };
    throw error;
  }
}
