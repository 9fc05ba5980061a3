import '../../lib/testing/jest';
import { App, Duration } from 'aws-cdk-lib';
import { callback, check, definitionOf, type Email, simulate, start } from '../../lib/testing';
import { ApprovalStack } from './stack';

const { approvals } = new ApprovalStack(new App(), 'Approval');
const input = { expenseId: 'e-1', approver: 'ada@example.com' };

test('who approves within two days has it paid', async () => {
  const run = await simulate(approvals, {
    input,
    fakes: [callback('AskForApproval', { after: Duration.hours(3), succeed: { approved: true } })],
  });

  expect(run).toSucceedWith({ ...input, approved: true });
  expect(run).toHaveTaken(Duration.hours(3));
});

test('nothing in the workflow will hurt later', () => {
  expect(check(approvals)).toEqual([]);
});

test('the link in the email has the token that goes on', async () => {
  const execution = start(approvals, { input });
  await execution.reached('AskForApproval');
  const [email] = execution.world.outbox;
  await execution.advance(Duration.hours(47)); // time goes no further until the test says so
  execution.sendTaskSuccess(tokenIn(email), { approved: false });

  expect(await execution.finished()).toFailWith('Rejected');
});

test('after two days it is too late', async () => {
  const execution = start(approvals, { input });
  const { taskToken } = await execution.reached('AskForApproval');
  await execution.advance(Duration.days(2));

  expect(() => execution.sendTaskSuccess(taskToken, { approved: true })).toThrow(/Nobody waits/);
  expect(await execution.finished()).toFailWith('NobodyAnswered');
});

test('when nobody answers, it takes two days to find out', async () => {
  const run = await simulate(approvals, { input });

  expect(run).toFailWith('NobodyAnswered');
  expect(run).toHaveTaken(Duration.days(2));
});

test('the definition, as Step Functions gets it', () => {
  expect(definitionOf(approvals)).toMatchSnapshot();
});

/** The token of the link that an email consists of. */
function tokenIn(email: Email | undefined): string {
  const text = email?.content.kind === 'simple' ? email.content.text : undefined;
  return new URL(text ?? 'none:').searchParams.get('token') ?? '';
}
