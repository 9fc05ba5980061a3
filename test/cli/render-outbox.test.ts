import { coloursOf } from '../../lib/cli/colours';
import { renderOutbox } from '../../lib/cli/render-outbox';
import type { Email } from '../../lib/services/ses/email';

const plain = coloursOf(false);
const email: Email = {
  messageId: 'm-1',
  sentAtMs: 0,
  state: 'Tell',
  executionArn: 'arn',
  from: 'shop@example.com',
  to: ['ada@example.com', 'bob@example.com'],
  cc: [],
  bcc: ['boss@example.com'],
  replyTo: [],
  content: { kind: 'simple', subject: 'Hello', text: 'One\ntwo', html: '<p>One</p>' },
};

test('an email has its addresses, its subject and its text', () => {
  expect(renderOutbox([email], plain)).toBe(
    'From: shop@example.com\nTo: ada@example.com, bob@example.com\nBcc: boss@example.com\nSubject: Hello\n  One\n  two',
  );
});

test.each([
  [{ kind: 'simple', subject: 'S', text: undefined, html: '<p>H</p>' }, 'Subject: S\n  <p>H</p>'],
  [{ kind: 'raw', data: 'AAAA' }, 'Raw message of 4 characters in Base64'],
  [{ kind: 'template', template: { TemplateName: 't' } }, 'Template: {"TemplateName":"t"}'],
] as const)('%j', (content, expected) => {
  expect(renderOutbox([{ ...email, from: undefined, to: [], bcc: [], content }], plain)).toBe(expected);
});

test('an empty outbox says so', () => {
  expect(renderOutbox([], plain)).toBe('no emails');
});

test('nothing in an email reaches the terminal as a command', () => {
  const content = { kind: 'simple', subject: '\u001b[2J', text: '\u009b2J', html: undefined } as const;
  expect(renderOutbox([{ ...email, to: ['\u001b]0;x\u0007@example.com'], content }], plain)).not.toMatch(/[\u001b\u009b\u0007]/);
});
