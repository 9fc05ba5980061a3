import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { OrdersStack } from '../examples/order-processing/stack';
import * as constructs from '../lib';
import { definitionOf, renderMermaid } from '../lib/testing';
import { exports as entryPoints, scripts, version } from '../package.json';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
  /** What the comment before the block says. */
  readonly comment: string | undefined;
}

const blocks: readonly Block[] = [...readme.matchAll(/(?:<!-- ([^\n]+) -->\n+)?^```(\w+)\n(.*?)^```$/gms)].map(
  ([, comment, language = '', text = '']) => ({ comment, language, text }),
);
const blocksIn = (language: string): readonly Block[] => blocks.filter((block) => block.language === language);

/** A file of the examples as a user of the package would write it: the examples here import the sources. */
const asUsersWrite = (path: string): string =>
  readFileSync(join(root, path), 'utf8').replaceAll(/'(?:\.\.\/)+lib(\/[\w/]+)?'/g, (_all, entry = '') => `'cdk-baton${entry}'`);

const definition = definitionOf(new OrdersStack(new App(), 'Orders').orders);

test('every piece of TypeScript stands in an example, word for word', () => {
  const pieces = blocksIn('ts');
  expect(pieces.length).toBeGreaterThanOrEqual(4);
  for (const { comment = 'no file named', text } of pieces) {
    expect(comment).toMatch(/^examples\/[\w/.-]+\.ts$/);
    expect(asUsersWrite(comment)).toContain(text);
  }
});

test('the picture of the order workflow is that of its definition', () => {
  expect(blocksIn('mermaid').map(({ text }) => text)).toEqual([renderMermaid(definition)]);
});

test('the table of endings has every state in which an order ends', () => {
  const [, table = ''] = /\| ends in .*?\n\|[-| ]+\|\n((?:\|.*\n)+)/.exec(readme) ?? [];
  const named = [...table.matchAll(/^\| (\w+) /gm)].map(([, name]) => name);
  const ends = Object.entries(definition.States).filter(([, { Type }]) => Type === 'Succeed' || Type === 'Fail');
  expect(named.toSorted()).toEqual(ends.map(([name]) => name).sort());
});

test('the histogram is the one of the example', () => {
  const storm = readFileSync(join(root, 'examples/retry-storm/README.md'), 'utf8');
  for (const { text } of blocksIn('text')) expect(storm).toContain(text);
  expect(blocksIn('text')).toHaveLength(1);
});

test('every construct has its row, and so has every resource of OrderProcessing', () => {
  for (const name of Object.keys(constructs)) expect(readme).toMatch(new RegExp(`^\\| \`${name}\` `, 'm'));
  const { orders } = new OrdersStack(new App(), 'Orders');
  for (const property of Object.keys(orders).filter((name) => name !== 'node')) expect(readme).toContain(`\`${property}\``);
});

test('every npm script that is named exists', () => {
  const named = [...readme.matchAll(/npm (?:run ([a-z:]+)|(start|test)\b)/g)].map(([, run, own = '']) => run ?? own);
  expect(new Set(named).size).toBeGreaterThan(5);
  for (const name of new Set(named)) expect(Object.keys(scripts)).toContain(name);
});

test('every entry point and version that is named is the one there is', () => {
  for (const [entry] of readme.matchAll(/cdk-baton\/[a-z/]+/g))
    expect(Object.keys(entryPoints)).toContain(entry.replace('cdk-baton', '.'));
  expect(readme).toContain(`cdk-baton-${version}.tgz`);
});

test('every link within the repository leads somewhere', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link = '']) => link);
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) expect([link, existsSync(join(root, link))]).toEqual([link, true]);
});
