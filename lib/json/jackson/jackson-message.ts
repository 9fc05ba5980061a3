import type { JsonError } from '../json-error';
import { tryFindJacksonFault } from './jackson-fault';
import { REDACTED } from './source';

/**
 * What Step Functions' API passes on of what Jackson says of a text: the message, without the place. So it stands in public reports of
 * InvalidExecutionInput (`'Unexpected character ('R' (code 82)): was expecting comma to separate Object entries'`, from EventBridge Pipes);
 * those from about 2019 still have the class in front and `at [Source: …]` behind. Our own words, where Jackson's are not known.
 */
export const jacksonMessage = (text: string, { message }: JsonError): string =>
  tryFindJacksonFault(text, REDACTED)?.message ?? message;
