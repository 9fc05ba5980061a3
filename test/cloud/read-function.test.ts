import { readTemplate } from '../../lib/cloud/read-template';

/** The function of a template with these properties. */
const fn = (Properties: Record<string, unknown>) =>
  readTemplate({ Resources: { It: { Type: 'AWS::Lambda::Function', Properties } } }).functions[0]!;

test('an environment is texts, whatever the template says', () => {
  expect(fn({ Environment: { Variables: { A: '', B: 0, C: false, D: { Ref: 'AWS::Region' } } } }).environment).toEqual({
    A: '',
    B: '0',
    C: 'false',
    D: 'us-east-1',
  });
  expect(fn({}).environment).toEqual({});
});

test('an environment with something else is refused', () => {
  expect(() => fn({ Environment: { Variables: { A: [] } } }).environment).toThrow(
    /at \/Resources\/It\/Properties\/Environment\/Variables\/A, expected a text, found an array/,
  );
  expect(() => fn({ Environment: { Variables: 'A=1' } }).environment).toThrow(/expected an object, found "A=1"/);
});

test('numbers may be written as texts', () => {
  expect(fn({ Timeout: '900', MemorySize: 512 })).toMatchObject({ timeoutSeconds: 900, memorySizeMb: 512 });
  expect(() => fn({ Timeout: 'long' }).timeoutSeconds).toThrow(/Timeout, expected a number, found "long"/);
  expect(() => fn({ Timeout: '' }).timeoutSeconds).toThrow(/expected a number, found ""/);
});

test.each<[Record<string, unknown>, unknown]>([
  [{ ZipFile: '' }, { kind: 'inline', text: '' }],
  [{ ImageUri: 'repo:1' }, { kind: 'elsewhere', reason: 'Its code is the container image repo:1.' }],
  [{ S3Key: 'k.zip' }, { kind: 'elsewhere', reason: 'Its code is the S3 object "k.zip", which is no asset of the assembly.' }],
  [{}, { kind: 'elsewhere', reason: 'Its Code names no ZipFile, S3Key or ImageUri.' }],
])('the code of %j is told', (Code, expected) => {
  expect(fn({ Code }).code).toEqual(expected);
});
