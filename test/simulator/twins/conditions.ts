/**
 * The comparison operators of a Choice Rule, said in JSONata of two expressions. A value of another type is no match in JSONPath; in
 * JSONata it is not equal, and cannot be ordered at all: the twin asks for the type first.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export type Condition = (value: string, operand: string) => string;

const isString = (value: string): string => `$type(${value}) = 'string'`;
const isNumber = (value: string): string => `$type(${value}) = 'number'`;
const isBoolean = (value: string): string => `$type(${value}) = 'boolean'`;
/** As Step Functions takes them: $toMillis would take more. */
const isTimestamp = (value: string): string =>
  `(${isString(value)} and $contains(${value}, /^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$/))`;

const ordered =
  (isType: (value: string) => string, operator: string, key: (value: string) => string = (value) => value): Condition =>
  (value, operand) =>
    `(${isType(value)} and ${isType(operand)} and ${key(value)} ${operator} ${key(operand)})`;

const family = (name: string, isType: (value: string) => string, key?: (value: string) => string): Record<string, Condition> => ({
  [`${name}Equals`]: ordered(isType, '=', key),
  [`${name}LessThan`]: ordered(isType, '<', key),
  [`${name}LessThanEquals`]: ordered(isType, '<=', key),
  [`${name}GreaterThan`]: ordered(isType, '>', key),
  [`${name}GreaterThanEquals`]: ordered(isType, '>=', key),
});

const typeTest =
  (test: (value: string) => string): Condition =>
  (value, operand) =>
    `((${test(value)}) = ${operand})`;

export const conditions: Readonly<Record<string, Condition>> = {
  ...family('String', isString),
  ...family('Numeric', isNumber),
  ...family('Timestamp', isTimestamp, (value) => `$toMillis(${value})`),
  BooleanEquals: ordered(isBoolean, '='),
  StringMatches: (value, pattern) => `(${isString(value)} and $contains(${value}, ${regularExpression(pattern)}))`,
  IsNull: typeTest((value) => `${value} = null`),
  IsPresent: typeTest((value) => `$exists(${value})`),
  IsNumeric: typeTest(isNumber),
  IsString: typeTest(isString),
  IsBoolean: typeTest(isBoolean),
  IsTimestamp: typeTest(isTimestamp),
};

/**
 * `*` is any text, `\*` and `\\` are themselves. A backslash is `\x5c`: in `\\[` JSONata takes the bracket for an escaped one, and
 * looks for the end of the expression in vain.
 */
function regularExpression(pattern: string): string {
  const pieces = (JSON.parse(pattern) as string).match(/\\[*\\]|[^]/g) ?? [];
  const source = pieces.map((piece) => (piece === '*' ? '[\\s\\S]*' : literally(piece.at(-1) as string)));
  return `/^${source.join('')}$/`;
}

const literally = (character: string): string => (character === '\\' ? '\\x5c' : character.replace(/[$()*+./?[\]^{|}]/, '\\$&'));
