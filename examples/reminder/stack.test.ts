import '../../lib/testing/jest';
import { App, Duration } from 'aws-cdk-lib';
import { definitionOf, fails, lambda, simulate } from '../../lib/testing';
import { ReminderStack } from './stack';

const { reminders, remind } = new ReminderStack(new App(), 'Reminder');

test('the customer is reminded after three days', async () => {
  const run = await simulate(reminders, { input: { cart: 'c-1' } });

  expect(run).toSucceedWith({ reminded: 'c-1' });
  expect(run).toHaveTaken(Duration.days(3)); // virtual: the test takes milliseconds
});

test('a fake in place of the function', async () => {
  const run = await simulate(reminders, {
    input: { cart: 'c-1' },
    fakes: [lambda(remind, (event: { cart: string }) => ({ reminded: event.cart.toUpperCase() }))],
  });

  expect(run).toSucceedWith({ reminded: 'C-1' });
});

test('an error of the function ends the execution', async () => {
  const run = await simulate(reminders, { input: { cart: 'c-1' }, fakes: [lambda(remind, fails('NoSuchCart', 'c-1 is gone'))] });

  expect(run).toFailWith('NoSuchCart', 'c-1 is gone');
});

test('the definition, as Step Functions gets it', () => {
  expect(definitionOf(reminders)).toMatchSnapshot();
});
