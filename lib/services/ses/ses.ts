import type { Json, JsonObject } from '../../json/json';
import { ApiFailure } from '../api';
import type { Api, Caller } from '../api';
import { sdkService } from '../integrations';
import type { Service } from '../service';
import { bareAddress, checkAddress } from './addresses';
import type { Email } from './email';
import type { SesApi } from './ses-api';
import { SES_V1 } from './ses-v1';
import { SES_V2 } from './ses-v2';

/** A simulated SES. Sending takes no time, nothing leaves the process, and every address is verified unless it is rejected. */
export interface Ses {
  /** `sesv2` and `ses`. */
  readonly apis: readonly Api[];
  /** `aws-sdk:sesv2` and `aws-sdk:ses`. SES has no optimised integration. */
  readonly services: readonly Service[];
  /** What has been sent, in the order of the calls. Grows while executions run. */
  readonly outbox: readonly Email[];
}

/** How a simulated SES behaves. */
export interface SesOptions {
  /**
   * Addresses, of senders or recipients, with which SES answers `MessageRejected` as it does for an address that is not verified.
   * Compared without regard to case. @default - none
   */
  readonly rejectedAddresses?: readonly string[];
}

/** A SES with an empty outbox. */
export function createSes({ rejectedAddresses = [] }: SesOptions = {}): Ses {
  const outbox: Email[] = [];
  const rejected = new Set(rejectedAddresses.map((address) => address.toLowerCase()));

  const sendEmail =
    (version: SesApi) =>
    (request: JsonObject, from: Caller): Json => {
      const messageId = `0100${from.uuid().replaceAll('-', '').slice(0, 12)}-${from.uuid()}-000000`;
      const refuse = (code: string, message: string): never => {
        throw new ApiFailure(code, message);
      };
      const email = version.read(request, (message) => refuse(version.badRequest, message));
      const addresses = [
        ...(email.from === undefined ? [] : [email.from]),
        ...email.to,
        ...email.cc,
        ...email.bcc,
        ...email.replyTo,
      ];
      for (const address of addresses) checkAddress(address, (message) => refuse(version.badRequest, message));
      const failing = addresses.filter((address) => rejected.has(bareAddress(address).toLowerCase()));
      if (failing.length > 0) refuse('MessageRejected', unverified(failing, from));
      outbox.push({ messageId, sentAtMs: from.epochMs, state: from.state, executionArn: from.executionArn, ...email });
      return { MessageId: messageId };
    };

  const versions = [SES_V2, SES_V1].map((version) => {
    const api: Api = { name: version.name, operations: { SendEmail: sendEmail(version) } };
    const service = sdkService(api, { names: version.names, actions: { sendEmail: { parameters: version.parameters } } });
    return { api, service };
  });
  return { apis: versions.map(({ api }) => api), services: versions.map(({ service }) => service), outbox };
}

const unverified = (addresses: readonly string[], { region }: Caller): string =>
  `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${addresses.map(bareAddress).join(', ')}`;
