import { Injectable } from '@nestjs/common';
import type { SignInAccount } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import type { OtpChannel, OtpPurpose } from '@portillon/otp';
import type { Sending, SendRequest } from './code-delivery.types';
import { CodePurposeRegistry } from './code-purpose.registry';
import { SignInPolicy } from './sign-in.policy';

/** Which way a code goes: as the person prefers, the structure allows, and messages can leave just now. */
@Injectable()
export class CodeChannelService {
  constructor(
    private readonly policy: SignInPolicy,
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
  others({ purpose, account, channel }: Sending<SendRequest>): OtpChannel[] {
    if (this.proves(purpose)) return [];
    return this.of(account, purpose).filter((one) => one !== channel);
  }

  /** How this person may receive a code, the preferred way first. SMS only once proved, and preferred at a sign-in. */
  of(account: SignInAccount, purpose: OtpPurpose): OtpChannel[] {
    const channels = this.policy.channels(account, purpose);
    const usable = channels.filter((channel) => channel === 'EMAIL' || this.notifications.available('SMS'));
    // Where mail is no longer a way and no SMS can leave, nothing is left: that is what the structure asked for.
    return usable.length > 0 ? usable : channels;
  }

  #channel({ purpose, account, channel }: SendRequest): OtpChannel {
    const { proves } = this.purposes.get(purpose);
    if (proves) return this.#proving(proves, account);
    const allowed = this.of(account, purpose);
    const wanted = channel ?? allowed[0]!;
    if (!allowed.includes(wanted)) throw new AppError('channel.unavailable');
    return this.#offered(wanted);
  }

  /** An address can be proved wherever codes come; a number only where they may come by SMS. */
  #proving(proves: OtpChannel, account: SignInAccount): OtpChannel {
    if (proves === 'SMS' && !this.policy.allowsChannel(account, 'SMS'))
      throw new AppError('channel.unavailable');
    return this.#offered(proves);
  }

  #offered(channel: OtpChannel): OtpChannel {
    if (!this.notifications.available(channel)) throw new AppError('channel.unavailable');
    return channel;
  }
}

function destinationOf(request: SendRequest, channel: OtpChannel): string {
  if (channel === 'EMAIL') return request.newEmail ?? request.account.email;
  if (!request.account.phone) throw new AppError('phone.missing');
  return request.account.phone.number;
}
