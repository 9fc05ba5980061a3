import type { JsonObject } from '../../json/json';
import { memberOf } from '../position';
import { workflow } from './example';
import { eachMember } from './request';
import type { Finding, Rule } from './rule';

const greet = (more: JsonObject, name: string) =>
  workflow({ Greet: { Type: 'Pass', ...more, [name]: { greeting: `${name === 'Output' ? '' : ' '}{% 'Hello' %}` }, End: true } });

/** Fields that hold templates. */
const TEMPLATES = ['Parameters', 'ResultSelector', 'Result', 'Arguments', 'Output', 'Assign', 'Items', 'ItemSelector'];

export const rule: Rule = {
  id: 'jsonata-not-evaluated',
  summary: 'A text looks like a JSONata expression and is none',
  why: 'In a state whose query language is JSONPath {% %} is plain text; in JSONata a blank before {% or behind %} makes it one.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  failing: { definition: greet({}, 'Parameters') },
  corrected: { definition: greet({ QueryLanguage: 'JSONata' }, 'Output') },
  check: ({ nodes }) =>
    nodes.flatMap(({ language, source, position }) => {
      const findings: Finding[] = [];
      for (const field of TEMPLATES)
        eachMember(source[field], memberOf(position, field), (_, member, at) => {
          if (typeof member !== 'string' || !/^\s*\{%.*%\}\s*$/s.test(member)) return;
          if (language === 'JSONata' && member.trim() === member) return;
          findings.push({
            at,
            message:
              language === 'JSONata'
                ? 'The blanks around {% %} make this plain text'
                : 'This is plain text: the state is written in JSONPath',
            hint: language === 'JSONata' ? 'take the blanks away' : 'set "QueryLanguage": "JSONata", or write a path',
          });
        });
      return findings;
    }),
};
