import { Injectable } from '@nestjs/common';
import { AppError, Channel, reachesPhone } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import type { OtpPurpose } from '@portillon/otp';
import { ChannelPolicy, CodeChannelService } from '@portillon/access';
import type { Sending, SendRequest } from './code-delivery.types';
import { CodePurposeRegistry } from './code-purpose.registry';

/** Chooses the recipient of a code: by the requested channel, when the account may use it and it is available. */
@Injectable()
export class CodeDestinationService {
  constructor(
    private readonly policy: ChannelPolicy,
    private readonly channels: CodeChannelService,
    private readonly notifications: NotificationService,
    private readonly purposes: CodePurposeRegistry,
  ) {}

  /** @throws AppError `channel.unavailable`, `phone.missing` */
  choose<Request extends SendRequest>(request: Request): Sending<Request> {
    const channel = this.#channel(request);
    return { ...request, channel, destination: destinationOf(request, channel) };
  }

  /** Whether a code for this purpose proves an address or a number that the account does not have yet. */
  proves(purpose: OtpPurpose): boolean {
    return this.purposes.proves(purpose);
  }

  /** Returns the other channels by which the account holder may get this code. */
  others(sending: Sending<SendRequest>): Channel[] {
    if (this.proves(sending.purpose)) return [];
    return this.allowed(sending).filter((one) => one !== sending.channel);
  }

  /** Returns the channels by which the account holder may get a code, the preferred one first. */
  allowed({ purpose, account, mailToo }: SendRequest): Channel[] {
    const channels = this.channels.of(account, purpose);
    return mailToo ? [...channels, 'EMAIL'] : channels;
  }

  /** An address can always be proved; a number only where codes by SMS are allowed. */
  #channel(request: SendRequest): Channel {
    const { proves } = this.purposes.get(request.purpose);
    const mayProve = (one: Channel) => !reachesPhone(one) || this.policy.allows(request.account, one);
    const allowed = proves ? [proves].filter(mayProve) : this.allowed(request);
    const asked = proves ?? request.channel;
    const wanted = asked ?? allowed.find((one) => this.notifications.available(one)) ?? allowed[0]!;
    if (!allowed.includes(wanted) || !this.notifications.available(wanted))
      throw new AppError('channel.unavailable');
    return wanted;
  }
}

function destinationOf(request: SendRequest, channel: Channel): string {
  if (!reachesPhone(channel)) return request.newEmail ?? request.account.email;
  if (!request.account.phone) throw new AppError('phone.missing');
  return request.account.phone.number;
}
