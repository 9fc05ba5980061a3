import type { JsonObject } from '../../json/json';
import { isJsonata } from '../../expressions/jsonata/jsonata-template';
import { memberOf } from '../position';
import type { StateNode } from '../workflow';
import { findAssignments, type IsAssigned } from './assigned-variables';
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
  why: 'In a state whose query language is JSONPath {% %} is plain text; in JSONata so is all that is not {% … %} from the first character to the last.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  failing: { definition: greet({}, 'Parameters') },
  corrected: { definition: greet({ QueryLanguage: 'JSONata' }, 'Output') },
  check: ({ nodes }) => {
    const isAssigned = findAssignments();
    return nodes.flatMap((node) => {
      const { language, source, position } = node;
      const findings: Finding[] = [];
      for (const field of TEMPLATES)
        eachMember(source[field], memberOf(position, field), (_, member, at) => {
          if (typeof member !== 'string') return;
          const why = language === 'JSONata' ? whyPlain(member, node, isAssigned) : whyPlainInJsonPath(member);
          if (why !== undefined) findings.push({ at, ...why });
        });
      return findings;
    });
  },
};

/** An expression inside of a text. Templates of other engines have `{% … %}` as well, but no `$` in it. */
const EMBEDDED = /\{%(?:(?!%\}).)*\$(?:(?!%\}).)*%\}/s;

type Why = Pick<Finding, 'message' | 'hint'>;

function whyPlain(text: string, { scope }: StateNode, isAssigned: IsAssigned): Why | undefined {
  const bare = text.trim();
  if (isJsonata(bare))
    return bare === text ? undefined : { message: 'The blanks around {% %} make this plain text', hint: 'take the blanks away' };
  if (EMBEDDED.test(text))
    return {
      message: 'This is plain text: only a text that is {% … %} as a whole is evaluated',
      hint: "write {% '…' & $states.input.… & '…' %}",
    };
  const [, name] = /^\$([\p{ID_Start}_][\p{ID_Continue}]*)(?:\.[\p{ID_Continue}.]+)?$/u.exec(text) ?? [];
  const isExpression =
    /\$states\.(?:input|context|result|errorOutput)\b/.test(text) || (name !== undefined && isAssigned(name, scope));
  return isExpression ? { message: `'${text}' is plain text: it stands in no {% %}`, hint: `write {% ${text} %}` } : undefined;
}

const whyPlainInJsonPath = (text: string): Why | undefined =>
  isJsonata(text.trim()) || EMBEDDED.test(text)
    ? {
        message: 'This is plain text: the state is written in JSONPath',
        hint: 'set "QueryLanguage": "JSONata", or write a path',
      }
    : undefined;
