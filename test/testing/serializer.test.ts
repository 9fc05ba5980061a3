import { App } from 'aws-cdk-lib';
import { definitionOf, fails, lambda, serializer, simulate } from '../../lib/testing';
import { inARow, invoke } from './definitions';
import { ShopStack } from './shop-stack';

const HERE = { account: '111111111111', region: 'eu-west-1' };
const THERE = { account: '222222222222', region: 'ap-southeast-2' };
const shopIn = (env: { account: string; region: string }): ShopStack => new ShopStack(new App(), 'Shop', env);

describe('takes', () => {
  test.each<[string, unknown, boolean]>([
    ['definitions', inARow({ A: { Type: 'Pass' } }), true],
    ['nothing that only begins like one', { StartAt: 'A' }, false],
    ['no text', 'StartAt States', false],
    ['no null', null, false],
    ['no undefined', undefined, false],
    ['no other object', { status: 'SUCCEEDED' }, false],
  ])('%s', (_, value, taken) => {
    expect(serializer.test(value)).toBe(taken);
  });

  test('runs', async () => {
    expect(serializer.test(await simulate(inARow({ A: { Type: 'Pass' } })))).toBe(true);
  });
});

describe('a definition', () => {
  test('is readable JSON, in the order of the states', () => {
    const definition = inARow({ B: { Type: 'Pass', Result: 0 }, A: { Type: 'Succeed', End: undefined } });
    expect(
      serializer.serialize({ ...definition, States: { B: { Type: 'Pass', Result: 0, Next: 'A' }, A: { Type: 'Succeed' } } }),
    ).toBe(
      [
        '{',
        '  "StartAt": "B",',
        '  "States": {',
        '    "B": {',
        '      "Type": "Pass",',
        '      "Result": 0,',
        '      "Next": "A"',
        '    },',
        '    "A": {',
        '      "Type": "Succeed"',
        '    }',
        '  }',
        '}',
      ].join('\n'),
    );
  });

  test('is the same in two accounts and regions', () => {
    const [here, there] = [HERE, THERE].map((env) => serializer.serialize(definitionOf(shopIn(env))));
    expect(here).toBe(there);
    expect(here).toContain('"Resource": "arn:aws:lambda:<region>:<account>:function:Shop-Quote');
    expect(here).not.toMatch(/\d{12}|eu-west-1/);
  });

  test('changes when the workflow does', () => {
    const [one, two] = [1, 2].map((Seconds) => serializer.serialize(inARow({ A: { Type: 'Wait', Seconds } })));
    expect(one).not.toBe(two);
  });
});

describe('a run', () => {
  test('is its timeline and its output', async () => {
    const text = serializer.serialize(await simulate(shopIn(HERE), { input: { items: 2 } }));
    expect(text).toMatch(/AskPrice[^]*CoolDown[^]*SendParcel[^]*SUCCEEDED\n\{\n {2}"shipped": true,\n {2}"price": 14\n\}$/);
  });

  test('that failed ends with its error and cause', async () => {
    const run = await simulate(inARow({ A: invoke('f') }), { fakes: [lambda('f', fails('Busy', 'later'))] });
    expect(serializer.serialize(run)).toMatch(/FAILED with Busy: later$/);
  });

  test('is the same in two accounts, regions and seeds', async () => {
    const texts = await Promise.all(
      [HERE, THERE].map(async (env) =>
        serializer.serialize(await simulate(shopIn(env), { input: { items: 2 }, seed: env.region })),
      ),
    );
    expect(texts[0]).toBe(texts[1]);
  });
});

describe('noise is replaced', () => {
  test.each([
    ['the hash of an asset', `s3://b/${'0123456789abcdef'.repeat(4)}.zip`, 's3://b/<asset>.zip'],
    ['a UUID', 'id 0f8fad5b-d9cb-469f-a165-70867728950e', 'id <uuid>'],
    ['account and region of an ARN', 'arn:aws:sqs:eu-west-1:111111111111:queue', 'arn:aws:sqs:<region>:<account>:queue'],
    ['of ARNs in China', 'arn:aws-cn:sqs:cn-north-1:111111111111:queue', 'arn:aws-cn:sqs:<region>:<account>:queue'],
    ['the account of a role', 'arn:aws:iam::111111111111:role/r', 'arn:aws:iam::<account>:role/r'],
    ['of the bucket of the assets', 'cdk-hnb659fds-assets-111111111111-eu-west-1/x', 'cdk-hnb659fds-assets-<account>-<region>/x'],
    [
      'of several ARNs',
      'arn:aws:a:r:111111111111:x arn:aws:b:r:111111111111:y',
      'arn:aws:a:<region>:<account>:x arn:aws:b:<region>:<account>:y',
    ],
    [
      'in the URL of a queue',
      'https://sqs.eu-west-1.amazonaws.com/111111111111/q',
      'https://sqs.<region>.amazonaws.com/<account>/q',
    ],
  ])('%s', (_, text, clean) => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Result: text, End: true } } };
    expect(serializer.serialize(definition)).toContain(`"Result": "${clean}"`);
  });

  test.each([
    ['a number with twelve digits', '123456789012'],
    ['an order id', 'o-1001'],
    ['a short hash', '0123456789abcdef'],
    ['the ARN of an integration', 'arn:aws:states:::lambda:invoke'],
    ['the ARN of a bucket', 'arn:aws:s3:::bucket/key'],
  ])('but not %s', (_, text) => {
    expect(serializer.serialize({ StartAt: 'A', States: { A: { Type: 'Pass', Result: text } } })).toContain(text);
  });
});

test("is Jest's, once it is added", () => {
  expect.addSnapshotSerializer(serializer);
  expect({ workflow: inARow({ A: { Type: 'Pass' } }) }).toMatchInlineSnapshot(`
   {
     "workflow": {
       "StartAt": "A",
       "States": {
         "A": {
           "Type": "Pass",
           "End": true
         }
       }
     },
   }
  `);
});
