import { Injectable } from '@nestjs/common';
import { SECOND, withTimeout } from '@portillon/kernel';
import type { Finding } from '@portillon/kernel';
import { ChannelFindings } from '../channels/channel.findings';
import { ChannelService } from '../channels/channel.service';
import { ReceiptService } from '../receipts/receipt.service';
import { SmsRouteService } from '../routes/sms-route.service';

/** The providers can be checked without the database, whose failure is a separate finding. */
const DATABASE_MS = SECOND;

/** Checks that SMS leave, and lists the URLs for reports. */
@Injectable()
export class SmsFindings extends ChannelFindings {
  readonly subject = 'sms';
  protected readonly channel = 'SMS';
  protected readonly advice = 'check the settings of SMS_PROVIDERS and what the providers say of their state';

  constructor(
    channels: ChannelService,
    private readonly receipts: ReceiptService,
    private readonly routes: SmsRouteService,
  ) {
    super(channels);
  }

  async check(): Promise<Finding[]> {
    const addresses = this.receipts.accountUrls.map(({ provider, url }): Finding => {
      return { state: 'well', text: `${provider}: the callback of its account, for reports, is ${url}` };
    });
    return [await this.find(), ...addresses];
  }

  protected override findAvoided(): Promise<string[]> {
    return withTimeout(DATABASE_MS, this.routes.findAvoided()).catch(() => []);
  }
}
