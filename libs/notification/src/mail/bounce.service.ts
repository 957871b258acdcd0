import { Injectable } from '@nestjs/common';
import { MessageSealService } from '../message-seal.service';
import { NotificationRepository } from '../notification.repository';
import { BounceAddresses } from './bounce-address';
import { readDeliveryReport, RecipientStatus } from './delivery-report';

/**
 * What a message to the bounce address reports:
 * - `unreachable`: a mail to this person's address bounced permanently.
 * - `no-report`: it is not a delivery report: an absence notice, spam.
 * - `not-ours`: its address was not made here, or the mail went elsewhere: it is forged.
 * - `not-permanent`: the mail arrived, is late, or was refused for its content.
 * - `unknown`: the mail is no longer in the delivery log, or was to no account.
 */
export type Bounce =
  | { status: 'unreachable'; accountId: string; address: string; code: string }
  | { status: 'no-report' | 'not-ours' | 'not-permanent' | 'unknown' };

/**
 * RFC 3463: no such mailbox, domain or name (X.1), a mailbox that is closed or that stayed full (X.2.1, X.2.2), a domain
 * without mail servers (5.4.4). Not the sender's own address (X.1.7, X.1.8), nor content and policy, which a person's
 * address is not to blame for.
 */
const OF_MAILBOX = /^5\.(?:1\.(?:[0-46]|10)|2\.[12]|4\.4)$/;

/** Reads what comes back of the mails. */
@Injectable()
export class BounceService {
  constructor(
    private readonly addresses: BounceAddresses,
    private readonly notifications: NotificationRepository,
    private readonly seals: MessageSealService,
  ) {}

  async read(message: Buffer): Promise<Bounce> {
    const report = await readDeliveryReport(message);
    if (!report) return { status: 'no-report' };
    const id = this.addresses.messageOf(report.to);
    if (!id) return { status: 'not-ours' };
    const failed = report.recipients.find(isGone);
    if (!failed) return { status: 'not-permanent' };
    const mail = await this.notifications.findMail(id);
    if (!mail?.accountId) return { status: 'unknown' };
    const address = failed.addresses.find((one) => this.seals.isMailTo(mail, one));
    if (!address) return { status: 'not-ours' };
    return { status: 'unreachable', accountId: mail.accountId, address, code: failed.status };
  }
}

function isGone({ action, status }: RecipientStatus): boolean {
  return action === 'failed' && OF_MAILBOX.test(status);
}
