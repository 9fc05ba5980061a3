import { parseArguments } from '../../lib/cli/parse-arguments';
import { readExample } from '../../lib/cli/read-example';
import { UsageError } from '../../lib/cli/usage-error';
import { writeShop } from './example';

const example = readExample(writeShop());
const [two, four] = example.inputs;

test.each([
  { argv: [], inputs: [two] },
  { argv: ['four'], inputs: [four] },
  { argv: ['four', 'two'], inputs: [four, two] },
  { argv: ['all'], inputs: [two, four] },
  { argv: ['four', 'all', 'four'], inputs: [four, two] },
])('$argv runs each input once, in the order asked for', ({ argv, inputs }) => {
  expect(parseArguments(argv, example)).toEqual({ kind: 'run', inputs });
});

test.each([
  [['--list'], 'list'],
  [['-l'], 'list'],
  [['--help'], 'help'],
  [['-h', 'nonsense'], 'help'],
] as const)('%j asks for %s', (argv, kind) => {
  expect(parseArguments(argv, example)).toEqual({ kind });
});

test('all unknown names are said, and those that there are', () => {
  expect(() => parseArguments(['too', 'two', '\u001b[2Jfore', '__proto__'], example)).toThrow(
    new UsageError('There is no input "too", "\\u001b[2Jfore", "__proto__". There are: two, four, all.'),
  );
});

test.each([
  [['--lst'], "Unknown option '--lst'. There are: --list, --help."],
  [['-x'], "Unknown option '-x'. There are: --list, --help."],
  [['--list=no'], "Option '-l, --list' does not take an argument. There are: --list, --help."],
])('%j is refused', (argv, message) => {
  expect(() => parseArguments(argv, example)).toThrow(new UsageError(message));
});
