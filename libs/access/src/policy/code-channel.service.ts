import { Injectable } from '@nestjs/common';
import type { SignInAccount } from '@portillon/account';
import type { Channel } from '@portillon/kernel';
import { ChannelService, NotificationService } from '@portillon/notification';
import type { WayInReason } from './admission.types';
import { ChannelPolicy } from './channel.policy';

/** The channels by which a code can reach a user: allowed by the structure, and available now. */
@Injectable()
export class CodeChannelService {
  constructor(
    private readonly policy: ChannelPolicy,
    private readonly notifications: NotificationService,
    private readonly health: ChannelService,
  ) {}

  /**
   * Lists the channels for this user's code, the preferred one first. SMS needs a verified number, and at a sign-in the
   * user's preference. `purpose`: `session`, in an open session, allows more channels. Empty where codes confirm nothing.
   */
  of(account: SignInAccount, purpose: string): Channel[] {
    const channels = this.policy.of(account, { inSession: purpose === 'session' });
    const usable = channels.filter((channel) => channel === 'EMAIL' || this.notifications.available(channel));
    // When mail is not allowed and no SMS can leave, no channel remains: the structure chose this.
    return usable.length > 0 ? usable : channels;
  }

  /** The outage of a channel, as of the latest check; undefined while it works. */
  outage(channel: Channel): WayInReason | undefined {
    const since = this.health.failingSince(channel);
    return since && { code: 'channel-away', blocks: true, since, channel };
  }

  /** The outage of the channel that a sign-in uses first, where another channel works: the user chooses that one. */
  detour(account: SignInAccount): WayInReason | undefined {
    const [channel, ...others] = this.of(account, 'sign-in');
    const outage = channel && this.outage(channel);
    const instead = others.find((other) => !this.outage(other));
    return outage && instead && { ...outage, blocks: false, instead };
  }
}
