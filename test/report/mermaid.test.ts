import { renderMermaid } from '../../lib/report/mermaid';
import { LINEAR, MAP_OF_PARALLEL, ORDER, ORDER_REFUNDED, unnamed } from './machines';

test('a line of states', () => {
  expect(renderMermaid(LINEAR)).toBe(
    [
      'flowchart TD',
      '  s1["Collect"]',
      '  s2("Cool down")',
      '  s3["Summarize"]',
      '  s4["Shape"]',
      '  s5(["Sent"])',
      '  start(["Start"])',
      '  finish(["End"])',
      '  start --> s1',
      '  s1 --> s2',
      '  s2 --> s3',
      '  s3 --> s4',
      '  s4 --> s5',
      '  s5 --> finish',
      '',
    ].join('\n'),
  );
});

test('Map and Parallel are subgraphs, each branch its own', () => {
  const text = renderMermaid(MAP_OF_PARALLEL);

  expect(text).toContain(
    '  subgraph s2["EachPicture"]\n    s3["Read"]\n    subgraph s4["Sizes"]\n      subgraph s4b0[" "]\n        s5["Small"]\n      end\n',
  );
  expect(text.match(/subgraph/g)).toHaveLength(text.match(/^ *end$/gm)?.length ?? 0);
  expect(text).toContain('s2 -.->|"States.TaskFailed"| s8');
});

test('with events states are coloured and the lines taken are bold', () => {
  const text = renderMermaid(ORDER, ORDER_REFUNDED);

  expect(text).toMatch(/^ {2}class s5 caught$/m);
  expect(text).toMatch(/^ {2}class s6,s12 failed$/m);
  expect(text).toMatch(/^ {2}class s9,s10,s11 unvisited$/m);
  const lines = text.split('\n').filter((line) => /-->|-\.->/.test(line));
  const bold = (style: string): string[] =>
    (new RegExp(`linkStyle ([\\d,]+) stroke:${style}`).exec(text)?.[1] ?? '')
      .split(',')
      .map((index) => (lines[Number(index)] ?? '').trim());
  expect(bold('#bc4c00')).toEqual(['s5 -.->|"States.ALL"| s8']);
  expect(bold('#1a7f37')).toContain('start --> s1');
  expect(bold('#1a7f37')).not.toContain('s3 -->|"Default"| s11');
});

test.each(['"] --> x["', '<script>', 'end', '%%{init: {}}%%', '`code`', 'a\nb', 'x; y', '#quot;', '|', ']]>', '${x}', '\\'])(
  'the name %j is one quoted label',
  (name) => {
    const lines = renderMermaid(unnamed(name)).trimEnd().split('\n');

    expect(lines).toHaveLength(6);
    expect(lines[1]).toMatch(/^ {2}s1\["(?:[\p{L}\p{N} .,_$()=+*/-]|#\d+;)*"\]$/u);
  },
);

test('characters with a meaning are written as codes', () => {
  expect(renderMermaid(unnamed('a "b" <c> #1'))).toContain('s1["a #34;b#34; #60;c#62; #35;1"]');
});
