import type { Rule } from './rule';

/** The rules as a page of Markdown: `README.md` of this folder, which a test compares. */
export const renderRules = (rules: readonly Rule[]): string =>
  `# Rules beyond AWS

Made from the rules by their test (\`UPDATE_RULES=1 npx jest test/asl/rules\`). Each is a file of the same name: one pure function, with a
definition that it warns of and the same made right. Ids are stable.

AWS's own warnings (\`NO_DOLLAR\`, \`NO_PATH\`, \`PASS_RESULT_IS_STATIC\`) are not among them: \`validate\` tells those as well, with
\`severity: 'WARNING'\`.

${rules.map(({ id, summary }) => `- [${id}](#${id}): ${summary}`).join('\n')}

${rules.map(section).join('\n')}`;

const section = ({ id, summary, why, source }: Rule): string =>
  `## ${id}

${summary}. ${why}

Seen at: ${source
    .split(' · ')
    .map((link) => `<${link}>`)
    .join(' ')}
`;
