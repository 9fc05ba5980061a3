import { lambda, service } from '../../../lib/testing';
import { twinPasses, type Twins, twinStates } from './twins';

const JSONATA = 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html';
const VARIABLES = 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html';
const RESULT_PATH = 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultpath.html';
const EXAMPLE = 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-example.html';
const INTRINSICS = 'https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html';
const BLOG =
  'https://aws.amazon.com/blogs/compute/simplifying-developer-experience-with-variables-and-jsonata-in-aws-step-functions/';

const INVOKE = 'arn:aws:states:::lambda:invoke';
const greeting = { comment: 'a comment', details: 'the default example', who: 'Step Functions' };
const hello = () => [lambda('hello', 'Hello, Step Functions!')];
const HELLO = 'arn:aws:lambda:us-east-1:123456789012:function:hello';

const applicant = {
  data: {
    firstname: 'Ida',
    lastname: 'Noddack',
    identity: { email: 'ida@example.com', ssn: '123-45-6789' },
    address: { street: '1 Rhenium Way', city: 'Wesel', zip: '46483' },
    interests: [
      { category: 'home', type: 'own', yearBuilt: 2004 },
      { category: 'auto', type: 'lease', yearBuilt: 2019 },
    ],
  },
};

/** The pairs and examples of AWS's pages on both languages, in our own words. */
export const awsDocumentation: readonly Twins[] = [
  {
    name: `constants, input and a variable in the request: ${JSONATA}`,
    jsonPath: {
      StartAt: 'Name',
      States: {
        Name: { Type: 'Pass', Assign: { customerName: 'María' }, Next: 'Greet' },
        Greet: {
          Type: 'Task',
          Resource: HELLO,
          Parameters: { static: 'Hello', 'title.$': '$.title', 'name.$': '$customerName', 'not-evaluated': '$customerName' },
          End: true,
        },
      },
    },
    jsonata: {
      StartAt: 'Name',
      States: {
        Name: { Type: 'Pass', Assign: { customerName: 'María' }, Next: 'Greet' },
        Greet: {
          Type: 'Task',
          Resource: HELLO,
          Arguments: {
            static: 'Hello',
            title: '{% $states.input.title %}',
            name: '{% $customerName %}',
            'not-evaluated': '$customerName',
          },
          End: true,
        },
      },
    },
    runs: [[{ title: 'Doctor' }, { static: 'Hello', title: 'Doctor', name: 'María', 'not-evaluated': '$customerName' }]],
    fakes: () => [lambda('hello', (event: object) => event)],
  },
  {
    name: `variables out of the execution's input: ${VARIABLES}`,
    jsonPath: {
      StartAt: 'Keep',
      States: {
        Keep: {
          Type: 'Pass',
          Assign: {
            productName: 'product1',
            'count.$': 'States.MathAdd($$.Execution.Input.previousCount, 1)',
            available: true,
            'details.$': '$.product',
          },
          Next: 'Show',
        },
        Show: {
          Type: 'Pass',
          Parameters: { 'productName.$': '$productName', 'count.$': '$count', 'price.$': '$details.price' },
          End: true,
        },
      },
    },
    jsonata: {
      StartAt: 'Keep',
      States: {
        Keep: {
          Type: 'Pass',
          Assign: {
            productName: 'product1',
            count: '{% $states.context.Execution.Input.previousCount + 1 %}',
            available: true,
            details: '{% $states.input.product %}',
          },
          Next: 'Show',
        },
        Show: {
          Type: 'Pass',
          Output: { productName: '{% $productName %}', count: '{% $count %}', price: '{% $details.price %}' },
          End: true,
        },
      },
    },
    runs: [
      [
        { previousCount: 41, product: { price: 5 } },
        { productName: 'product1', count: 42, price: 5 },
      ],
    ],
  },

  twinStates(
    `the result replaces the input: ${RESULT_PATH}`,
    { Type: 'Task', Resource: HELLO, ResultPath: '$' },
    { Type: 'Task', Resource: HELLO },
    [[greeting, 'Hello, Step Functions!']],
    hello,
  ),
  twinStates(
    `the result is dropped: ${RESULT_PATH}`,
    { Type: 'Task', Resource: HELLO, ResultPath: null },
    { Type: 'Task', Resource: HELLO, Output: '{% $states.input %}' },
    [[greeting, greeting]],
    hello,
  ),
  twinStates(
    `the result beside the input: ${RESULT_PATH}`,
    { Type: 'Task', Resource: HELLO, ResultPath: '$.taskresult' },
    { Type: 'Task', Resource: HELLO, Output: "{% $merge([$states.input, { 'taskresult': $states.result }]) %}" },
    [[greeting, { ...greeting, taskresult: 'Hello, Step Functions!' }]],
    hello,
  ),
  twinStates(
    `the result in the place of a field: ${RESULT_PATH}`,
    { Type: 'Task', Resource: HELLO, ResultPath: '$.who' },
    { Type: 'Task', Resource: HELLO, Output: "{% $merge([$states.input, { 'who': $states.result }]) %}" },
    [[greeting, { ...greeting, who: 'Hello, Step Functions!' }]],
    hello,
  ),
  twinStates(
    `every field at once: ${EXAMPLE}`,
    {
      Type: 'Task',
      Resource: INVOKE,
      InputPath: '$.library',
      Parameters: { FunctionName: 'latest', Payload: { 'movies.$': '$.movies[?(@.year >= 2010)]', source: 'library' } },
      ResultSelector: { 'title.$': '$.Payload.title' },
      ResultPath: '$.library.latest',
      OutputPath: '$.library.latest',
    },
    {
      Type: 'Task',
      Resource: INVOKE,
      Arguments: {
        FunctionName: 'latest',
        Payload: { movies: '{% [$states.input.library.movies[year >= 2010]] %}', source: 'library' },
      },
      Output: { title: '{% $states.result.Payload.title %}' },
    },
    [
      [
        {
          library: {
            movies: [
              { title: 'A', year: 2009 },
              { title: 'B', year: 2012 },
            ],
          },
        },
        { title: 'B' },
      ],
      [{ library: { movies: [] } }, { title: 'none' }],
    ],
    () => [lambda('latest', ({ movies }: { movies: readonly { title: string }[] }) => ({ title: movies[0]?.title ?? 'none' }))],
  ),
  twinPasses(
    `functions in each other: ${INTRINSICS}`,
    {
      Parameters: {
        'myArn.$':
          "States.Format('{}.{}.{}', States.ArrayGetItem(States.StringSplit(States.ArrayGetItem(States.StringSplit($.arn, '/'), 2), '.'), 0), States.ArrayGetItem(States.StringSplit(States.ArrayGetItem(States.StringSplit($.arn, '/'), 2), '.'), 1), $.build)",
      },
    },
    {
      Output: {
        myArn:
          "{% ($version := $split($split($states.input.arn, '/')[2], '.'); $version[0] & '.' & $version[1] & '.' & $states.input.build) %}",
      },
    },
    [[{ arn: 'arn:aws:imagebuilder:us-east-1:123456789012:image-recipe/mine/1.2.3', build: 7 }, { myArn: '1.2.7' }]],
  ),

  twinPasses(
    `a text out of several fields: ${BLOG}`,
    {
      Parameters: {
        'name.$': "States.Format('{} {}', $.data.firstname, $.data.lastname)",
        'address.$': "States.Format('{}. {}, {}', $.data.address.street, $.data.address.city, $.data.address.zip)",
      },
    },
    {
      Output: {
        name: "{% $states.input.data.firstname & ' ' & $states.input.data.lastname %}",
        address:
          "{% $join([$states.input.data.address.street & '. ' & $states.input.data.address.city, $states.input.data.address.zip], ', ') %}",
      },
    },
    [[applicant, { name: 'Ida Noddack', address: '1 Rhenium Way. Wesel, 46483' }]],
  ),
  twinStates(
    `only the interests of a category go on: ${BLOG}`,
    {
      Type: 'Map',
      InputPath: "$.data.interests[?(@.category == 'home')]",
      ItemProcessor: {
        StartAt: 'Send',
        States: {
          Send: {
            Type: 'Task',
            Resource: 'arn:aws:states:::sqs:sendMessage',
            Parameters: { QueueUrl: 'home', MessageBody: { 'type.$': '$.type', 'built.$': '$.yearBuilt' } },
            ResultSelector: { 'id.$': '$.MessageId' },
            End: true,
          },
        },
      },
    },
    {
      Type: 'Map',
      Items: "{% [$states.input.data.interests[category = 'home']] %}",
      ItemProcessor: {
        StartAt: 'Send',
        States: {
          Send: {
            Type: 'Task',
            Resource: 'arn:aws:states:::sqs:sendMessage',
            Arguments: {
              QueueUrl: 'home',
              MessageBody: { type: '{% $states.input.type %}', built: '{% $states.input.yearBuilt %}' },
            },
            Output: { id: '{% $states.result.MessageId %}' },
            End: true,
          },
        },
      },
    },
    [
      [applicant, [{ id: 'm-1' }]],
      [{ data: { interests: [] } }, []],
    ],
    () => [service('sqs:sendMessage', { MessageId: 'm-1', MD5OfMessageBody: '0' })],
  ),
  {
    name: `two checks at once, and both have to approve: ${BLOG}`,
    jsonPath: onboarding({
      check: (of) => ({
        InputPath: `$.data.${of}`,
        Resource: INVOKE,
        Parameters: { FunctionName: of, 'Payload.$': '$' },
        OutputPath: '$.Payload',
      }),
      both: {
        ResultSelector: { 'identity.$': 'States.StringToJson($[0].body)', 'address.$': 'States.StringToJson($[1].body)' },
        ResultPath: '$.checks',
      },
      rule: {
        And: [
          { Variable: '$.checks.identity.approved', BooleanEquals: true },
          { Variable: '$.checks.address.approved', BooleanEquals: true },
        ],
      },
      denied: { ErrorPath: '$.checks.address.message', CausePath: 'States.JsonToString($.checks)' },
      approved: { OutputPath: '$.data.identity.email' },
    }),
    jsonata: onboarding({
      check: (of) => ({
        Resource: INVOKE,
        Arguments: { FunctionName: of, Payload: `{% $states.input.data.${of} %}` },
        Output: '{% $states.result.Payload %}',
      }),
      both: {
        Output:
          "{% $merge([$states.input, { 'checks': { 'identity': $parse($states.result[0].body), 'address': $parse($states.result[1].body) } }]) %}",
      },
      rule: { Condition: '{% $states.input.checks.identity.approved and $states.input.checks.address.approved %}' },
      denied: { Error: '{% $states.input.checks.address.message %}', Cause: '{% $string($states.input.checks) %}' },
      approved: { Output: '{% $states.input.data.identity.email %}' },
    }),
    runs: [[applicant, 'ida@example.com']],
    fakes: () => ['identity', 'address'].map((name) => lambda(name, { body: '{"approved":true,"message":"passed"}' })),
  },
];

interface Onboarding {
  readonly check: (of: string) => object;
  readonly both: object;
  readonly rule: object;
  readonly denied: object;
  readonly approved: object;
}

function onboarding({ check, both, rule, denied, approved }: Onboarding): Twins['jsonPath'] {
  const branch = (name: string, of: string) => ({ StartAt: name, States: { [name]: { Type: 'Task', ...check(of), End: true } } });
  return {
    StartAt: 'Check',
    States: {
      Check: {
        Type: 'Parallel',
        Branches: [branch('Identity', 'identity'), branch('Address', 'address')],
        ...both,
        Next: 'Both',
      },
      Both: { Type: 'Choice', Choices: [{ ...rule, Next: 'Approved' }], Default: 'Denied' },
      Approved: { Type: 'Succeed', ...approved },
      Denied: { Type: 'Fail', ...denied },
    },
  };
}
