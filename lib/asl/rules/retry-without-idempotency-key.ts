import { isObject, type JsonObject } from '../../json/json';
import { memberOf } from '../position';
import type { StateNode } from '../workflow';
import { isCatchAll, isRetrying, retriersOf } from './error-names';
import { workflow } from './example';
import { calls, requestField, requestMember, requestText } from './request';
import type { Rule } from './rule';

const charge = (payload: JsonObject) =>
  workflow({
    ChargeCard: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'charge-card', Payload: payload },
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 3 }],
      End: true,
    },
  });

/** Only names of which nobody can doubt that money moves. */
const MOVES_MONEY = [
  /(?:^|[^a-z])(?:charge|pay|refund|withdraw|debit|capture)(?=[A-Z_\s-]|$)/,
  /(?:Charge|Pay|Refund|Withdraw|Debit|Capture)(?=[A-Z_\s-]|$)/,
  /(?:process|make|submit|take|execute|collect)[\s_-]?payment/i,
];

export const rule: Rule = {
  id: 'retry-without-idempotency-key',
  summary: 'A payment or an addition is retried after any error, with nothing by which it could be told that it is the same one',
  why: 'A timeout does not say that nothing happened: the retry charges a second time, and ADD of DynamoDB adds a second time.',
  source:
    'https://github.com/aws-samples/aws-serverless-airline-booking/issues/167 · https://github.com/aws-samples/aws-serverless-ecommerce-platform/issues/180',
  failing: { definition: charge({ 'total.$': '$.total' }) },
  corrected: { definition: charge({ 'total.$': '$.total', 'idempotencyKey.$': '$$.Execution.Name' }) },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const isAny = retriersOf(node).some(
        (retrier) => isRetrying(retrier) && retrier.ErrorEquals.some((name) => isCatchAll(name) || name === 'States.Timeout'),
      );
      if (node.resource === undefined || !isAny) return [];
      const at = memberOf(node.position, requestField(node));
      if (isPaymentWithoutKey(node))
        return [
          {
            at,
            message: `"${node.name}" is retried after any error, and its request has no idempotency key`,
            hint: 'send one, such as "idempotencyKey.$": "$$.Execution.Name", and let the function remember it',
          },
        ];
      return addsAgain(node)
        ? [
            {
              at: memberOf(at, 'UpdateExpression'),
              message: `"${node.name}" is retried after any error, and each attempt that arrives adds once more`,
              hint: 'make it conditional (ConditionExpression) on what the first one writes, such as the name of the execution; or SET the sum',
            },
          ]
        : [];
    }),
};

function isPaymentWithoutKey(node: StateNode): boolean {
  if (!MOVES_MONEY.some((pattern) => pattern.test(node.name))) return false;
  const text = requestText(node);
  // A request that is the whole input may hold a key.
  const hasKey =
    /idempot|dedup|clientToken|requestId|requestToken/i.test(text) || /\$\$\.Execution|states\.context\.Execution/.test(text);
  const isWhole = text === 'null' || /"(?:Payload|Input|Body)(?:\.\$)?":"(?:\$|\{%\s*\$states\.input\s*%\})"/.test(text);
  return !hasKey && !isWhole;
}

/** `SET a = a + :n`, `SET a = if_not_exists(a, :zero) + :n`, `SET a = list_append(a, :n)`. */
const GROWS = [
  /([#\w.]+)\s*=\s*(?:if_not_exists\s*\(\s*)?\1\b[^,]*?(?:,[^)]*\))?\s*[+-]/,
  /([#\w.]+)\s*=\s*list_append\s*\([^)]*?\1/,
];

/**
 * True for an update of DynamoDB that, made twice, is not the same as made once. ADD to a set is.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
function addsAgain(node: StateNode): boolean {
  if (!calls(node, 'dynamodb', 'updateItem') && !calls(node, 'aws-sdk:dynamodb', 'updateItem')) return false;
  const update = requestMember(node, 'UpdateExpression');
  if (typeof update !== 'string' || requestMember(node, 'ConditionExpression') !== undefined) return false;
  const [, added = ''] = /\bADD\s(.*?)(?:\b(?:SET|REMOVE|DELETE)\s|$)/is.exec(update) ?? [];
  const values = requestMember(node, 'ExpressionAttributeValues');
  const isSet = (name: string): boolean => {
    const value = isObject(values) ? values[name] : undefined;
    return isObject(value) && Object.keys(value).some((type) => /^[SNB]S(?:\.\$)?$/.test(type));
  };
  return GROWS.some((pattern) => pattern.test(update)) || (added.match(/:\w+/g) ?? []).some((name) => !isSet(name));
}
