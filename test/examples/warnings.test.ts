import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { OrdersStack } from '../../examples/order-processing/stack';
import { ApprovalStack } from '../../examples/approval/stack';
import { ReminderStack } from '../../examples/reminder/stack';
import { check } from '../../lib/asl/check';
import { definitionOf } from '../../lib/testing';

const article = (name: string): string =>
  readFileSync(join(__dirname, '..', '..', 'examples', 'article-as-written', `${name}.json`), 'utf8');
const codesOf = (definition: unknown): readonly string[] => [...new Set(check(definition).map(({ code }) => code))].toSorted();

test('the order workflow is free of warnings', () => {
  const { orders } = new OrdersStack(new App(), 'Orders');
  expect(check(definitionOf(orders.stateMachine))).toEqual([]);
});

test('the reminder, which is plain aws-cdk-lib, has the Retrier that aws-cdk-lib makes', () => {
  const { reminders } = new ReminderStack(new App(), 'Reminder');
  expect(codesOf(definitionOf(reminders))).toEqual(['retry-without-throttling']);
});

describe("the article's workflows", () => {
  test.each(['callback', 'catch', 'retry', 's3-pointer'])('%s: no warning', (name) => {
    expect(codesOf(article(name))).toEqual([]);
  });

  test('bedrock: the text of the model is taken for an object', () => {
    expect(codesOf(article('bedrock'))).toEqual(['path-never-produced']);
  });

  test('the order workflow, once AWS takes it: what it compares, what it loses, what it sends', () => {
    const deployable = article('order').replace('arn:aws:states:::ses:sendEmail', 'arn:aws:states:::aws-sdk:ses:sendEmail');
    const problems = check(deployable);
    expect(problems.map(({ code, location }) => `${code} ${location}`)).toEqual([
      'choice-never-matches /States/IsInStock/Choices[0]/Variable',
    ]);
  });
});

test('the approval has none', () => {
  const { approvals } = new ApprovalStack(new App(), 'Approval');
  expect(codesOf(definitionOf(approvals))).toEqual([]);
});
