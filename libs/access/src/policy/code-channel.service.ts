import { Injectable } from '@nestjs/common';
import type { SignInAccount } from '@portillon/account';
import type { Channel } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { ChannelPolicy } from './channel.policy';

/** The channels by which a code can reach a person: allowed by the structure, and available now. */
@Injectable()
export class CodeChannelService {
  constructor(
    private readonly policy: ChannelPolicy,
    private readonly notifications: NotificationService,
  ) {}

  /**
   * How this person may receive a code, the preferred way first. SMS only once proved, and preferred at a sign-in.
   * `purpose`: what the code is for; in an open session, `session`, more is allowed. None where no code confirms anything.
   */
  of(account: SignInAccount, purpose: string): Channel[] {
    const channels = this.policy.of(account, { inSession: purpose === 'session' });
    const usable = channels.filter((channel) => channel === 'EMAIL' || this.notifications.available(channel));
    // Where mail is no longer a way and no SMS can leave, nothing is left: that is what the structure asked for.
    return usable.length > 0 ? usable : channels;
  }
}
