import { MAILER_OPTIONS } from '@nestjs-modules/mailer';
import type { MailerOptions } from '@nestjs-modules/mailer';
import { Inject, Injectable } from '@nestjs/common';
import { ChannelFindings } from '../channels/channel.findings';
import { ChannelService } from '../channels/channel.service';
import { findTransports, relayCertificates } from './relay-findings';

/** Checks that mails leave. */
@Injectable()
export class MailFindings extends ChannelFindings {
  readonly subject = 'mail';
  protected readonly channel = 'EMAIL';
  protected readonly advice = 'check SMTP_URL';

  constructor(
    channels: ChannelService,
    @Inject(MAILER_OPTIONS) private readonly options: MailerOptions,
  ) {
    super(channels);
  }

  check() {
    return findTransports(this.options);
  }

  certificates() {
    return relayCertificates(this.options);
  }
}
