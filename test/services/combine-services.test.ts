import { combineServices } from '../../lib/services/combine-services';
import type { Service } from '../../lib/services/service';
import type { Json } from '../../lib/json/json';
import { SimulatorError } from '../../lib/simulator/simulator-error';
import { callOf } from './call-of';

const answering = (resourceType: string, answers: Readonly<Record<string, Json>>): Service => ({
  resourceType,
  actions: Object.fromEntries(
    Object.entries(answers).map(([name, value]) => [name, { problems: () => [`no ${name}`], run: () => value }]),
  ),
});

test('a later service takes the place of an earlier one, action by action', () => {
  const { perform } = combineServices([
    answering('sqs', { sendMessage: 1, receiveMessage: 2 }),
    answering('sqs', { sendMessage: 3 }),
  ]);
  expect(perform(callOf('sqs', 'sendMessage', {})).value).toBe(3);
  expect(perform(callOf('sqs', 'receiveMessage', {})).value).toBe(2);
});

test('asks the action for problems', () => {
  const { problems } = combineServices([answering('sqs', { sendMessage: 1 })]);
  expect(problems(callOf('sqs', 'sendMessage', {}))).toEqual(['no sendMessage']);
});

test('knows what it has', () => {
  const { has } = combineServices([answering('sqs', { sendMessage: 1 })]);
  expect(has({ resourceType: 'sqs', action: 'sendMessage' })).toBe(true);
  expect(has({ resourceType: 'sqs', action: 'toString' })).toBe(false);
  expect(has({ resourceType: 'constructor', action: 'sendMessage' })).toBe(false);
});

test.each([
  [
    [],
    '"Ask" calls arn:aws:states:::sns:publish, but no service "sns" is simulated (simulated are: none). Add a fake: service(\'arn:aws:states:::sns:publish\', …).',
  ],
  [['sqs', 'lambda'], '(simulated are: lambda, sqs)'],
])('an unknown service is refused by name where there are %j', (types, message) => {
  const { perform } = combineServices(types.map((type) => answering(type, {})));
  expect(() => perform(callOf('sns', 'publish', {}))).toThrow(SimulatorError);
  expect(() => perform(callOf('sns', 'publish', {}))).toThrow(message);
});
