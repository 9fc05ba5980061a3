import { join } from 'node:path';
import { readFakes } from '../../lib/cli/read-fakes';
import { folder } from './run-baton';

const testing = JSON.stringify(join(__dirname, '../../lib/testing'));
const MAKE = `const { lambda, service } = require(${testing});`;

const at = folder({
  'fakes.json': { functions: { charge: { answer: 1 } } },
  'fakes.yaml': 'services:\n  sqs:sendMessage: { error: Busy }\n',
  'broken.json': '{ "functions": }',
  'array.js': `${MAKE} module.exports = [lambda('a', 1), service('sqs:sendMessage', {})];`,
  'named.cjs': `${MAKE} exports.fakes = [lambda('b', 1)];`,
  'default.ts': `import { lambda, type Fake } from ${testing};\nconst fakes: readonly Fake[] = [lambda('c', 1)];\nexport default fakes;`,
  'circular.js': 'module.exports = {}; module.exports.default = module.exports;',
  'none.js': 'module.exports = { answer: 1 };',
  'strange.js': `${MAKE} module.exports = [lambda('a', 1), { open: true }];`,
  'throws.js': "throw new Error('no database');",
  'throws-text.js': "throw 'no database';",
  'syntax.js': 'module.exports = [;',
  'fakes.txt': '[]',
});

const labels = async (name: string) => (await readFakes(at(name))).map(({ label }) => label);

test.each([
  ['fakes.json', ["lambda('charge')"]],
  ['fakes.yaml', ["service('sqs:sendMessage')"]],
  ['array.js', ["lambda('a')", "service('sqs:sendMessage')"]],
  ['named.cjs', ["lambda('b')"]],
  ['default.ts', ["lambda('c')"]],
])('%s', async (name, expected) => expect(await labels(name)).toEqual(expected));

test.each([
  ['broken.json', /broken\.json:1:16: /],
  ['circular.js', /circular\.js exports no fakes\. Export an array: /],
  ['none.js', /none\.js exports no fakes/],
  ['strange.js', /number 2 of its fakes is none/],
  ['throws.js', /throws\.js cannot be loaded: no database/],
  ['throws-text.js', /throws-text\.js cannot be loaded: no database/],
  ['syntax.js', /syntax\.js cannot be loaded: /],
  ['fakes.txt', /fakes are in a \.json or \.yaml file, or in a module/],
  ['missing.ts', /missing\.ts: there is no such file or directory/],
])('%s is refused', async (name, message) => {
  await expect(readFakes(at(name))).rejects.toThrow(
    expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(message) }),
  );
});
