import type { TaskCall } from '../../simulator/task-call';
import { structureAction } from '../service';
import type { Service } from '../service';
import { sdkError } from '../service-error';
import { bareAddress, checkAddress } from './addresses';
import type { Email } from './email';
import type { SesApi } from './ses-api';
import { SES_V1 } from './ses-v1';
import { SES_V2 } from './ses-v2';

/** A simulated SES. Sending takes no time, nothing leaves the process, and every address is verified unless it is rejected. */
export interface Ses {
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

  const service = (api: SesApi): Service => ({
    resourceType: api.resourceType,
    actions: {
      sendEmail: structureAction(api.parameters, (request, call) => {
        const requestId = call.uuid();
        const messageId = `0100${call.uuid().replaceAll('-', '').slice(0, 12)}-${call.uuid()}-000000`;
        const refuse = (code: string, message: string): never => {
          throw sdkError(api.names, { code, message, statusCode: 400, requestId });
        };
        const email = api.read(request, (message) => refuse(api.badRequest, message));
        const addresses = [
          ...(email.from === undefined ? [] : [email.from]),
          ...email.to,
          ...email.cc,
          ...email.bcc,
          ...email.replyTo,
        ];
        for (const address of addresses) checkAddress(address, (message) => refuse(api.badRequest, message));
        const failing = addresses.filter((address) => rejected.has(bareAddress(address).toLowerCase()));
        if (failing.length > 0) refuse('MessageRejected', unverified(failing, call));
        outbox.push({ messageId, sentAtMs: call.epochMs, state: call.state, executionArn: call.executionArn, ...email });
        return { MessageId: messageId };
      }),
    },
  });
  return { services: [service(SES_V2), service(SES_V1)], outbox };
}

const unverified = (addresses: readonly string[], { region }: TaskCall): string =>
  `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${addresses.map(bareAddress).join(', ')}`;
