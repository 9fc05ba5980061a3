import { readFileSync } from 'node:fs';
import { assembly, folder, LOST, PATIENT, runBaton } from '../run-baton';

const at = folder({
  'patient.json': PATIENT,
  'lost.json': LOST,
  'map.yaml': `
StartAt: Each
States:
  Each:
    Type: Map
    ItemProcessor: { StartAt: One, States: { One: { Type: Pass, End: true } } }
    End: true
`,
  'history.json': {
    events: [
      {
        id: 3,
        previousEventId: 2,
        type: 'WaitStateExited',
        timestamp: 1735776000,
        stateExitedEventDetails: { name: 'Wait', output: '{}' },
      },
      { id: 1, previousEventId: 0, type: 'ExecutionStarted', timestamp: '2025-01-01T01:00:00+01:00' },
      {
        id: 2,
        type: 'WaitStateEntered',
        timestamp: '2025-01-01T00:00:00Z',
        stateEnteredEventDetails: { name: 'Wait', input: '{}' },
      },
    ],
  },
  'odd.json': { events: [{ id: 1, type: 'ExecutionStarted', timestamp: 'yesterday' }] },
});

const graph = (...argv: readonly string[]) => runBaton(['graph', ...argv]);

test('an SVG, unless something else is asked for', async () => {
  const { exitCode, output, errors } = await graph(at('patient.json'));
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  expect(output).toMatch(/^<svg .*Wait.*<\/svg>$/s);
});

test('Mermaid', async () => {
  const { output } = await graph(at('map.yaml'), '--format', 'mermaid');
  expect(output).toMatch(/^flowchart TD\n {2}subgraph s1\["Each"\]/);
});

test('JSON: states and transitions on every level', async () => {
  const { output } = await graph(at('map.yaml'), '--json');
  expect(JSON.parse(output)).toEqual({
    pointer: '',
    nodes: [
      {
        id: '/States/Each',
        name: 'Each',
        type: 'Map',
        parts: [
          {
            pointer: '/States/Each/ItemProcessor',
            nodes: [{ id: '/States/Each/ItemProcessor/States/One', name: 'One', type: 'Pass', parts: [] }],
            edges: [
              { from: 'start', to: '/States/Each/ItemProcessor/States/One', kind: 'start', label: '' },
              { from: '/States/Each/ItemProcessor/States/One', to: 'end', kind: 'end', label: '' },
            ],
          },
        ],
      },
    ],
    edges: [
      { from: 'start', to: '/States/Each', kind: 'start', label: '' },
      { from: '/States/Each', to: 'end', kind: 'end', label: '' },
    ],
  });
});

test('--output writes a file and prints nothing', async () => {
  const file = at('patient.mmd');
  const { exitCode, output } = await graph(at('patient.json'), '--format', 'mermaid', '-o', file);
  expect({ exitCode, output }).toEqual({ exitCode: 0, output: '' });
  expect(readFileSync(file, 'utf8')).toMatch(/^flowchart TD\n[^]*[^\n]\n$/);
});

test('--run draws the way of an execution that "baton run --json" printed', async () => {
  const { output: run } = await runBaton(['run', at('patient.json'), '--json']);
  const { output } = await runBaton(['graph', at('patient.json'), '--format', 'mermaid', '--run', '-'], { standardInput: run });
  expect(output).toMatch(/classDef succeeded/);
  expect((await graph(at('patient.json'), '--format', 'mermaid')).output).not.toMatch(/classDef/);
});

test('--run takes what the AWS CLI prints of a history, in any order and with either kind of timestamp', async () => {
  const { exitCode, output } = await graph(at('patient.json'), '--run', at('history.json'));
  expect(exitCode).toBe(0);
  expect(output).toMatch(/RUNNING.*in 1d/s);
});

test('a machine of a cloud assembly', async () => {
  const shop = folder(assembly({ Patient: { DefinitionString: JSON.stringify(PATIENT) } }));
  const { exitCode, output } = await graph(shop('cdk.out'), '-m', 'Patient', '--format', 'mermaid');
  expect(exitCode).toBe(0);
  expect(output).toContain('["Done"]');
});

test('an invalid definition is not drawn: exit code 3', async () => {
  const { exitCode, output, errors } = await graph(at('lost.json'));
  expect({ exitCode, output }).toEqual({ exitCode: 3, output: '' });
  expect(errors).toMatch(/lost\.json:1:\d+: error MISSING_TRANSITION_TARGET/);
});

test.each([
  ['an unknown format', ['--format', 'png'], /Allowed choices are svg, mermaid/],
  ['a run without events', ['--run', '{"status": "SUCCEEDED"}'], /must be an object with "events".*found none\.$/],
  ['a run with no event in it', ['--run', '{"events": []}'], /found no event in it\.$/],
  [
    'an event that is none',
    ['--run', at('odd.json')],
    /^Event number 1 of the run is none: it must have id, type and timestamp\.$/,
  ],
  ['a run in a picture that is none', ['--run', '{}', '--json'], /--run is for pictures/],
  ['a file that cannot be written', ['-o', at('.')], /cannot be written: that is a directory/],
])('%s: exit code 2', async (_, options, message) => {
  const { exitCode, output, errors } = await graph(at('patient.json'), ...options);
  expect(exitCode).toBe(2);
  // With --json the refusal is a result.
  expect(output).toMatch(options.includes('--json') ? /"UsageError"/ : /^$/);
  expect(errors).toMatch(message);
});

test('--run of another definition: exit code 2, and the states that are not there', async () => {
  const files = folder({ 'other.json': { StartAt: 'Elsewhere', States: { Elsewhere: { Type: 'Succeed' } } } });
  const { output: run } = await runBaton(['run', files('other.json'), '--json']);
  const { exitCode, errors } = await runBaton(['graph', at('patient.json'), '--run', '-'], { standardInput: run });
  expect([exitCode, errors]).toEqual([
    2,
    expect.stringMatching(/^The run entered "Elsewhere", which this definition does not have\./),
  ]);
});
