import { Injectable } from '@nestjs/common';
import type { Finding, FindingSource } from '@portillon/kernel';
import { BackChannelProbeService } from './back-channel-probe.service';

/** Whether applications hear of sign-outs. */
@Injectable()
export class BackChannelFindings implements FindingSource {
  readonly subject = 'sign-out';

  constructor(private readonly probe: BackChannelProbeService) {}

  async examine(): Promise<Finding[]> {
    const { asked, silent } = await this.probe.probe();
    if (silent.length === 0)
      return [{ state: 'well', text: `${asked} application(s) to be told of sign-outs, all answer` }];
    return silent.map(({ application, uri, reason }) => ({
      state: 'failing',
      text: `${application} does not answer at ${new URL(uri).origin} (${reason}): it stays open when people sign out`,
      advice: 'check the address and OUTBOUND_ALLOW, and tell who keeps it',
    }));
  }
}
