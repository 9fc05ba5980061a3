import type { JsonError } from '../json-error';
import { tryFindJacksonFault } from './jackson-fault';
import { REDACTED } from './source';

/** What Step Functions' API passes on of what Jackson says of a text: the message, without the place. Our own words, where Jackson's are not known. */
export const jacksonMessage = (text: string, { message }: JsonError): string =>
  tryFindJacksonFault(text, REDACTED)?.message ?? message;
