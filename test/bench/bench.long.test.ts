import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');

const node = (...args: readonly string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });

interface Row {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  readonly target: { readonly atLeast: number } | { readonly atMost: number } | null;
  readonly pass: boolean | null;
}

interface Report {
  readonly surroundings: { readonly node: string; readonly cores: number; readonly packages: Readonly<Record<string, string>> };
  readonly benches: readonly { readonly title: string; readonly notMeasured: readonly string[]; readonly rows: readonly Row[] }[];
  readonly passed: boolean;
}

test('npm run bench -- --json gives every row a figure, a target and a verdict, and the exit code is theirs', () => {
  const { status, stdout } = node('--expose-gc', 'bin/bench.mjs', '--json');
  const { surroundings, benches, passed } = JSON.parse(stdout) as Report;
  const rows = benches.flatMap((bench) => bench.rows);
  for (const { name, figure, unit, target, pass } of rows) {
    expect({ name, figure, unit }).toEqual({ name: expect.any(String), figure: expect.any(Number), unit: expect.any(String) });
    expect(figure).toBeGreaterThanOrEqual(0);
    expect(pass).toBe(target === null ? null : 'atLeast' in target ? figure >= target.atLeast : figure <= target.atMost);
  }
  const wanted = rows.flatMap(({ name, target }) => (target === null ? [] : [[name, target]]));
  expect(wanted.filter(([name]) => !String(name).startsWith('the whole open set'))).toEqual([
    ['simulator', { atLeast: 1_000_000 }],
    ['simulator', { atLeast: 1_000_000 }],
    ['simulator : aws-local-stepfunctions', { atLeast: 20 }],
    ['simulator : by hand', { atLeast: 1 / 3 }],
    ['compile', { atMost: 20 }],
    ['heap that is left', { atMost: 10 }],
    ['Express: simulator', { atMost: 40 }],
    ['Express: simulator : aws-local-stepfunctions', { atLeast: 10 }],
    ['Standard: simulator : aws-local-stepfunctions', { atLeast: 10 }],
    ['items', { atLeast: 100_000 }],
    ['resident memory at most', { atMost: 400 }],
    ['resident memory at most', { atMost: 400 }],
    ['the most : the fewest at once', { atMost: 2 }],
    ['held by each of 10,000', { atMost: 1500 }],
    ["require('cdk-baton/simulator')", { atMost: 60 }],
    ['first simulate() in a worker of Jest', { atMost: 300 }],
  ]);
  expect(passed).toBe(rows.every(({ pass }) => pass !== false));
  expect(status).toBe(passed ? 0 : 1);
  expect(benches.every(({ title, notMeasured }) => title !== '' && notMeasured.length > 0)).toBe(true);
  expect(surroundings).toMatchObject({
    node: process.version,
    packages: { 'aws-local-stepfunctions': expect.stringMatching(/^3\./) },
  });
});

test('an argument that is not known is refused', () => {
  expect(node('bin/bench.mjs', '--jason')).toMatchObject({
    status: 2,
    stderr: 'bench: unknown argument --jason. There is only --json.\n',
  });
});

test('a missed target is said in words', () => {
  const script = `
    import { judge, renderReport, surroundings } from './test/bench/report.mjs';
    const rows = [
      { name: 'missed', figure: 19.99, unit: 'times', target: { atLeast: 20 } },
      { name: 'met', figure: 20, unit: 'times', target: { atLeast: 20 } },
      { name: 'low', figure: 19.99, unit: 'ms', target: { atMost: 20 } },
      { name: 'free', figure: 1234567, unit: 'per s' },
    ].map(judge);
    console.log(renderReport({ surroundings: surroundings(), benches: [{ title: 'T', notMeasured: ['this', 'that'], rows }] }));`;
  const { stdout } = node('--input-type=module', '-e', script);
  expect(
    stdout
      .split('\n')
      .slice(2)
      .map((line) => line.replaceAll(/ +/g, ' ').trimEnd()),
  ).toEqual([
    '',
    'T',
    ' missed 19.990 times target 20.000 FAIL',
    ' met 20.000 times target 20.000 pass',
    ' low 19.990 ms target at most 20.000 pass',
    ' free 1,234,567 per s',
    ' Not measured: this',
    ' that',
    '',
  ]);
});

test('contenders take turns, and the rounds before the clock starts are not counted', () => {
  const script = `
    import { median, race, ratio } from './test/bench/race.mjs';
    const turns = [];
    const contender = (name) => ({ times: 2, run: async (index) => turns.push(name + index) });
    const times = await race({ a: contender('a'), b: contender('b') }, { rounds: 2, warmUps: 1 });
    console.log(JSON.stringify([turns.join(' '), times.a.length, times.b.length, median([3, 1, 2]), ratio([6, 9, 4], [2, 3, 4])]));`;
  expect(JSON.parse(node('--input-type=module', '-e', script).stdout)).toEqual([
    'a0 a1 b0 b1 a0 a1 b0 b1 a0 a1 b0 b1',
    2,
    2,
    2,
    3,
  ]);
});
