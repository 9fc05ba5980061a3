import type { Fidelity } from './fidelity';
import type { Service } from './service';

/** What is said of the services as a page of Markdown: `README.md` of this folder, which a test compares. */
export const renderFidelity = (all: readonly Fidelity[]): string =>
  `# Services, and how true they are

Made from the services by their test (\`UPDATE_FIDELITY=1 npx jest test/services/fidelity\`): what a service says of itself stands in its folder, in
\`fidelity.ts\`.

A call that nothing here answers, and that has no fake, stops the run and says which fake to add. A fake comes before a simulated service.

${table([
  ['service', 'integrations', 'does', 'does not'],
  ...all.map(({ service, does, gaps, integrations }) => [
    service,
    integrations().map(integration).join('<br>'),
    does.join('<br>'),
    gaps.join('<br>'),
  ]),
])}
`;

const integration = ({ resourceType, actions }: Service): string => `\`${resourceType}\`: ${Object.keys(actions).join(', ')}`;

/** Columns as wide as prettier makes them. */
function table([head, ...rows]: readonly (readonly string[])[]): string {
  const all = [head, ...rows] as readonly (readonly string[])[];
  const widths = (head as readonly string[]).map((_, column) => Math.max(...all.map((row) => (row[column] as string).length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [line(head as readonly string[]), line(rule), ...rows.map(line)].join('\n');
}
