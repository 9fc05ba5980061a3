import {
  activity,
  callback,
  check,
  createTestWorld,
  parse,
  service,
  simulate,
  SimulatorError,
  testState,
  validate,
} from '../../lib/testing';
import { inARow, send } from './definitions';

const definition = inARow({ Send: send() });
/** As JavaScript has it, and TypeScript behind a cast. */
const untyped = (options: object): never => options as never;

test('every option that simulate does not have is told by name, at once, with the one that was meant', async () => {
  const run = simulate(definition, untyped({ fake: [], inputs: {}, zebra: 1 }));
  await expect(run).rejects.toThrow(SimulatorError);
  await expect(run).rejects.toThrow(
    /no option "fake"\. Did you mean "fakes"\? There are: input, [^]*no option "inputs"\. Did you mean "input"\?/,
  );
  await expect(run).rejects.toThrow('simulate(…) has no option "zebra". There are: ');
  await expect(simulate(definition, untyped([]))).rejects.toThrow('The options of simulate(…) are an object with input,');
});

test('so is every field of a machine of an assembly', async () => {
  await expect(simulate(untyped({ assembly: 'cdk.out', machin: 'A' }))).rejects.toThrow(
    'no option "machin". Did you mean "machine"?',
  );
});

test('all fakes that are none are told at once', async () => {
  await expect(simulate(definition, { fakes: untyped([{}, service('sqs:sendMessage', {}), null]) })).rejects.toThrow(
    /fakes\[0\] is no fake[^]*fakes\[2\] is no fake/,
  );
});

test.each<[string, () => unknown, string]>([
  [
    'createTestWorld',
    () => createTestWorld(definition, untyped({ sed: 'a' })),
    'createTestWorld(…) has no option "sed". Did you mean "seed"?',
  ],
  [
    'check',
    () => check(definition, untyped({ inputShema: {} })),
    'check(…) has no option "inputShema". Did you mean "inputSchema"?',
  ],
  [
    'validate',
    () => validate(definition, untyped({ Severity: 1 })),
    'validate(…) has no option "Severity". Did you mean "severity"?',
  ],
  ['parse', () => parse(definition, untyped({ types: 1 })), 'parse(…) has no option "types". Did you mean "type"?'],
  [
    'service',
    () => service('sqs:sendMessage', {}, untyped({ validationMode: 'NONE', fieldValidationMode: 'strict' })),
    `service('sqs:sendMessage') has no option "validationMode". There are: fieldValidationMode.\n` +
      `The fieldValidationMode of service('sqs:sendMessage') is 'STRICT', 'PRESENT', 'NONE'; found "strict". Did you mean "STRICT"?`,
  ],
  ['callback', () => callback('Ask', untyped({ succed: 1 })), `callback('Ask') has no option "succed". Did you mean "succeed"?`],
  [
    'activity',
    () => activity('pack', {}, untyped({ workername: 'a' })),
    `activity('pack') has no option "workername". Did you mean "workerName"?`,
  ],
])('%s', (_name, call, message) => {
  expect(call).toThrow(SimulatorError);
  expect(call).toThrow(message);
});

test('testState: its own options here, those of the request as the API does', async () => {
  await expect(testState({ definition }, untyped({ preform: () => null }))).rejects.toThrow(
    'testState(…) has no option "preform". Did you mean "perform"?',
  );
  await expect(testState(untyped({ definition, statename: 'Send' }))).rejects.toThrow('Unknown parameter in input: "statename"');
});
