import { Injectable } from '@nestjs/common';
import type { SignInAccount } from '@portillon/account';
import { AppError, Channel, reachesPhone } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import type { OtpPurpose } from '@portillon/otp';
import { ChannelPolicy, CodeChannelService } from '@portillon/access';
import type { Sending, SendRequest } from './code-delivery.types';
import { CodePurposeRegistry } from './code-purpose.registry';

/** Where a code goes: by the way that was asked for, as far as the person may have it and messages can leave just now. */
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

  /** Whether a code for this proves an address or a number, which is not the account's yet. */
  proves(purpose: OtpPurpose): boolean {
    return this.purposes.proves(purpose);
  }

  /** The other ways by which the person may have this code. */
  others(sending: Sending<SendRequest>): Channel[] {
    if (this.proves(sending.purpose)) return [];
    return this.allowed(sending).filter((one) => one !== sending.channel);
  }

  /** By which ways the person may have a code, the preferred one first. */
  allowed({ purpose, account, mailToo }: SendRequest): Channel[] {
    const channels = this.channels.of(account, purpose);
    return mailToo ? [...channels, 'EMAIL'] : channels;
  }

  #channel(request: SendRequest): Channel {
    const { proves } = this.purposes.get(request.purpose);
    if (proves) return this.#proving(proves, request.account);
    const { channel } = request;
    const allowed = this.allowed(request);
    const wanted = channel ?? allowed.find((one) => this.notifications.available(one)) ?? allowed[0]!;
    if (!allowed.includes(wanted)) throw new AppError('channel.unavailable');
    return this.#offered(wanted);
  }

  /** An address can be proved wherever codes come; a number only where they may come by SMS. */
  #proving(proves: Channel, account: SignInAccount): Channel {
    if (reachesPhone(proves) && !this.policy.allows(account, proves))
      throw new AppError('channel.unavailable');
    return this.#offered(proves);
  }

  #offered(channel: Channel): Channel {
    if (!this.notifications.available(channel)) throw new AppError('channel.unavailable');
    return channel;
  }
}

function destinationOf(request: SendRequest, channel: Channel): string {
  if (!reachesPhone(channel)) return request.newEmail ?? request.account.email;
  if (!request.account.phone) throw new AppError('phone.missing');
  return request.account.phone.number;
}
