import type { Json } from '../../json/json';

/** An email that the simulated SES accepted. */
export interface Email {
  readonly messageId: string;
  /** Virtual time of the call, milliseconds since 1970. */
  readonly sentAtMs: number;
  /** Name of the Task state that sent it, and ARN of its execution; undefined: a handler did. */
  readonly state: string | undefined;
  readonly executionArn: string | undefined;
  /** Absent where the raw message says it. */
  readonly from: string | undefined;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
  readonly content: EmailContent;
}

/** What an email says. */
export type EmailContent =
  | { readonly kind: 'simple'; readonly subject: string; readonly text: string | undefined; readonly html: string | undefined }
  /** `data` is Base64 as it was given. */
  | { readonly kind: 'raw'; readonly data: string }
  /** `template` is the `Template` member as it was given; it is not rendered. */
  | { readonly kind: 'template'; readonly template: Json };
