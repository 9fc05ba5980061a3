import type { JsonObject } from '../../json/json';
import { jsonataSource } from '../../expressions/jsonata/jsonata-template';
import { expressionsOf } from '../expressions-of';
import type { Position } from '../position';
import type { StateNode } from '../workflow';
import { workflow } from './example';
import { countsRounds } from './loop-facts';
import type { Rule } from './rule';

const pages = (next: JsonObject) =>
  workflow(
    {
      Read: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:s3:listObjectsV2',
        Arguments: { Bucket: 'orders', StartAfter: '{% $after %}' },
        ...next,
        Next: 'More',
      },
      More: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.IsTruncated %}', Next: 'Read' }], Default: 'Done' },
      Done: { Type: 'Succeed' },
    },
    { QueryLanguage: 'JSONata' },
  );
const first = { Type: 'Pass', Assign: { after: '', keys: [] }, Next: 'Read' };
const withStart = (definition: ReturnType<typeof workflow>) => ({
  ...definition,
  StartAt: 'First',
  States: { First: first, ...(definition['States'] as object) },
});

export const rule: Rule = {
  id: 'payload-grows-in-loop',
  summary: 'A loop adds to its data in every round, and nothing bounds the rounds',
  why: 'Once the data is larger than 256 KiB the execution fails with States.DataLimitExceeded, with all that it had gathered.',
  source:
    'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html · https://github.com/cdklabs/construct-hub/pull/1885',
  failing: {
    definition: withStart(
      pages({
        Assign: { after: '{% $states.result.Contents[-1].Key %}', keys: '{% $append($keys, $states.result.Contents.Key) %}' },
      }),
    ),
  },
  corrected: { definition: withStart(pages({ Assign: { after: '{% $states.result.Contents[-1].Key %}' } })) },
  check: ({ loops }) =>
    loops
      .filter((loop) => !countsRounds(loop))
      .flatMap((loop) => loop.flatMap(growthIn))
      .map((at) => ({
        at,
        message: 'This grows in every round of the loop, up to the limit of 256 KiB',
        hint: 'write what is gathered to S3 or DynamoDB in each round, or count the rounds',
      })),
};

/** Where a state makes its data larger by what it has already. */
function growthIn(node: StateNode): readonly Position[] {
  return node.language === 'JSONata' ? growthInJsonata(node) : growthInJsonPath(node);
}

/** `x: $append($x, …)`, `x: [$x, …]`, `x: $x & …`; in Output the same with `$states.input.x`. */
const growthInJsonata = (node: StateNode): readonly Position[] =>
  expressionsOf(node.source, node.language, node.position)
    .filter(({ field, text, position }) => {
      const name = nameAt(position);
      const own = field === 'Assign' ? `\\$${name}` : field === 'Output' ? `\\$states\\.input\\.${name}` : undefined;
      if (own === undefined || !/^\w+$/.test(name)) return false;
      return new RegExp(`^(?:\\$append\\(\\s*${own}\\s*,|\\[\\s*${own}\\s*,|${own}\\s*&)`).test(jsonataSource(text));
    })
    .map(({ position }) => position);

const nameAt = ({ pointer }: Position): string => pointer.slice(pointer.lastIndexOf('/') + 1);

/** The whole input inside of what takes its place, or a text that is made of itself. */
function growthInJsonPath(node: StateNode): readonly Position[] {
  const { source } = node;
  const replaces = node.state.Type === 'Pass' && (source['ResultPath'] === undefined || source['ResultPath'] === '$');
  return expressionsOf(source, node.language, node.position)
    .filter(({ field, text, position }) => {
      const name = nameAt(position).replace(/\.\$$/, '');
      const isNested = position.pointer.split('/').length > node.position.pointer.split('/').length + 1;
      if (field === 'Parameters' && replaces && isNested && text === '$') return true;
      const own = field === 'Assign' ? `$${name}` : field === 'Parameters' && replaces ? `$.${name}` : undefined;
      return (
        own !== undefined && /^States\.(?:Array|Format)\(/.test(text) && new RegExp(`[(,]\\s*${escape(own)}\\s*[,)]`).test(text)
      );
    })
    .map(({ position }) => position);
}

const escape = (text: string): string => text.replaceAll(/[$.]/g, '\\$&');
