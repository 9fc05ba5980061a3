import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHOP, synthesizeShop, writeShop } from './example';
import { start, type StartOptions } from '../../lib/cli/start';

const newOutdir = () => mkdtempSync(join(tmpdir(), 'baton-out-'));

/** Exit code and what was printed, errors last. */
async function run(argv: readonly string[], options: Partial<StartOptions> = {}) {
  const [lines, errors]: [string[], string[]] = [[], []];
  const outdir = options.outdir ?? newOutdir();
  const exitCode = await start(argv, {
    example: writeShop(),
    outdir,
    synth: synthesizeShop,
    print: (text) => lines.push(text),
    printError: (text) => errors.push(text),
    colour: false,
    width: 120,
    ...options,
  });
  return { exitCode, output: lines.join('\n'), errors: errors.join('\n'), outdir };
}

test('the usual input: timeline, output, outbox, table and picture', async () => {
  const { exitCode, output, errors, outdir } = await run([]);

  expect(exitCode).toBe(0);
  expect(errors).toBe('');
  expect(output).toContain('shop · two\nTwo of three.\n');
  expect(output).toMatch(/\+0\.000s {2}Take +1 {2}succeeded\n\+0\.000s {2}Tell +1 {2}succeeded/);
  expect(output).toContain('\nSUCCEEDED\n  { "taken": 2 }\n');
  expect(output).toContain(
    '\nOutbox of SES\n  From: shop@example.com\n  To: ada@example.com\n  Subject: Taken\n    They are yours.\n',
  );
  expect(output).toContain('\nTable Stock\n  kettle  Pieces 3 → 1\n');
  expect(readFileSync(join(outdir, 'two.svg'), 'utf8')).toMatch(/^<svg .*SUCCEEDED.*<\/svg>\s*$/s);
});

test('an execution that fails as the example says is all right', async () => {
  const { exitCode, output } = await run(['four']);

  expect(exitCode).toBe(0);
  expect(output).toContain('\nFAILED TooFew\n  there are not so many\n');
  expect(output).toContain('\nOutbox of SES\n  no emails\n');
  expect(output).toContain('\nTable Stock\n  kettle  Pieces 3\n');
  expect(output).toContain('✓ It ended as the example says.');
});

test('all: each input in a world of its own, and how many ended as they should', async () => {
  const { exitCode, output, outdir } = await run(['all']);

  expect(exitCode).toBe(0);
  expect(output.match(/Pieces 3/g)).toHaveLength(2);
  expect(output).toMatch(/2 of 2 ended as the example says\.$/);
  expect(existsSync(join(outdir, 'two.svg')) && existsSync(join(outdir, 'four.svg'))).toBe(true);
});

test.each([
  { expected: { status: 'SUCCEEDED' }, said: 'SUCCEEDED' },
  { expected: { status: 'FAILED', error: 'TooMany' }, said: 'FAILED with TooMany' },
  { expected: { status: 'TIMED_OUT', error: 'TooFew' }, said: 'TIMED_OUT with TooFew' },
])(
  'an execution that should end in $said and does not: exit code 1, and the others run all the same',
  async ({ expected, said }) => {
    const [two, four] = SHOP.inputs;
    const inputs = [{ file: four!.file, description: 'Four.', ...expected }, two];
    const { exitCode, output, errors } = await run(['all'], { example: writeShop({ ...SHOP, inputs }) });

    expect(exitCode).toBe(1);
    expect(errors).toBe(`✗ The example says that it ends in ${said}.`);
    expect(output).toMatch(/1 of 2 ended as the example says\.\n✗ four$/);
  },
);

test('an input that is not JSON cannot be run: exit code 1, and it says where', async () => {
  const { exitCode, errors } = await run(['two'], { example: writeShop(SHOP, { 'two.json': '{"taken":2' }) });

  expect(exitCode).toBe(1);
  expect(errors).toMatch(/^✗ It could not be run: the input is not JSON: at 1:11/);
});

test('a state machine that the assembly does not have: exit code 1, and it says which there are', async () => {
  const { exitCode, errors } = await run([], { example: writeShop({ ...SHOP, machine: 'Orders' }) });

  expect(exitCode).toBe(1);
  expect(errors).toContain('There is no state machine "Orders". There are:\n');
});

test('an unknown input: exit code 2, nothing is synthesized', async () => {
  const { exitCode, output, errors, outdir } = await run(['tow']);

  expect(exitCode).toBe(2);
  expect(output).toBe('');
  expect(errors).toBe('There is no input "tow". There are: two, four, all.\nSee: npm start -- --help');
  expect(existsSync(join(outdir, 'cdk.out'))).toBe(false);
});

test('a synthesis that fails is told as it is', async () => {
  await expect(run([], { synth: () => Promise.reject(new Error('Run `npm run build`.')) })).rejects.toThrow(
    'Run `npm run build`.',
  );
});

test('--list: each input, what it is and how it ends', async () => {
  const { exitCode, output } = await run(['--list']);

  expect(exitCode).toBe(0);
  expect(output).toBe('two   Two of three.\n      SUCCEEDED\nfour  Four of three.\n      FAILED TooFew');
});

test('--help says the exit codes', async () => {
  const { exitCode, output } = await run(['--help']);

  expect(exitCode).toBe(0);
  for (const text of ['npm start -- all', '0  every execution', '1  an execution', '2  there is no such'])
    expect(output).toContain(text);
});

test('two runs print the same and draw the same picture', async () => {
  const [one, other] = [await run(['all']), await run(['all'])];
  const told = ({ output }: typeof one) => output.replaceAll(/\S*baton-out-\w+/g, 'out');

  expect(told(one)).toBe(told(other));
  expect(readFileSync(join(one.outdir, 'two.svg'))).toEqual(readFileSync(join(other.outdir, 'two.svg')));
});

test('colour and width are for the whole of it', async () => {
  const { output } = await run(['four'], { colour: true, width: 60 });
  expect(output).toContain('\u001b[31m\u001b[1mFAILED\u001b[22m\u001b[39m');
  const timeline = output
    .replaceAll(/\u001b\[\d+m/g, '')
    .split('\n')
    .filter((line) => line.startsWith('+'));
  expect(Math.max(...timeline.map((line) => line.length))).toBeLessThanOrEqual(60);
});

test('an earlier assembly in the folder is not taken for the new one', async () => {
  const outdir = newOutdir();
  await run([], { outdir });
  const synth = async (folder: string) => {
    await synthesizeShop(folder);
    const file = join(folder, 'Shop.template.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('TooFew', 'SoldOut'));
  };
  const { errors } = await run(['four'], { outdir, synth });
  expect(errors).toBe('✗ The example says that it ends in FAILED with TooFew.');
});
