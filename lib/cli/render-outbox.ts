import type { Email } from '../services/ses/email';
import type { Colours } from './colours';
import { indented, printable } from './printable';

/** The emails that SES accepted. */
export function renderOutbox(outbox: readonly Email[], { quiet }: Colours): string {
  if (outbox.length === 0) return quiet('no emails');
  return outbox.map(renderEmail).join('\n');
}

function renderEmail({ from, to, cc, bcc, content }: Email): string {
  const addresses = [
    ['From', from === undefined ? [] : [from]] as const,
    ['To', to] as const,
    ['Cc', cc] as const,
    ['Bcc', bcc] as const,
  ];
  const head = addresses.flatMap(([name, of]) => (of.length === 0 ? [] : [`${name}: ${of.map(printable).join(', ')}`]));
  switch (content.kind) {
    case 'simple':
      return [...head, `Subject: ${printable(content.subject)}`, indented(printable(content.text ?? content.html ?? ''))].join(
        '\n',
      );
    case 'raw':
      return [...head, `Raw message of ${content.data.length} characters in Base64`].join('\n');
    case 'template':
      return [...head, `Template: ${printable(JSON.stringify(content.template))}`].join('\n');
  }
}
