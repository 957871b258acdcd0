import { Injectable } from '@nestjs/common';
import { Headers, Splitter, SplitterChunk } from '@zone-eu/mailsplit';
import { Readable } from 'node:stream';
import { MessageSealService } from '../message-seal.service';
import { NotificationRepository } from '../notification.repository';
import { BounceAddresses } from './bounce-address';

/** The used part of a delivery status notification (RFC 3464). */
export interface DeliveryReport {
  /** The address that it was sent to: the sender on the envelope of the mail. */
  to: string;
  recipients: RecipientStatus[];
}

export interface RecipientStatus {
  /** Addresses as sent and as delivered: a server on the way may have replaced one by the other. */
  addresses: string[];
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`. */
  action: string;
  /** RFC 3463: `5.1.1`. */
  status: string;
}

/** Maximum length of a header; a longer one is not of a report about our mails. */
const LONGEST_HEADER = 64 * 1024;

/** At the end of `rfc822; claire@hopital.example`, and of `Name <claire@hopital.example>`. */
const ADDRESS = /[\s<;]([^\s<>;@]{1,64}@[^\s<>;@]{1,255})>?$/;

const STATUS = /^[245]\.\d{1,3}\.\d{1,3}(?=\s|$)/;

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

interface Part {
  contentType: string | false;
  headers: Headers;
  body: Buffer[];
}

async function partsOf(message: Buffer): Promise<Part[]> {
  const splitter = new Splitter({ ignoreEmbedded: true, maxHeadSize: LONGEST_HEADER });
  const parts: Part[] = [];
  for await (const chunk of Readable.from([message]).pipe(splitter) as AsyncIterable<SplitterChunk>) {
    if (chunk.type === 'node')
      parts.push({ contentType: chunk.contentType, headers: chunk.headers || new Headers(), body: [] });
    if (chunk.type === 'body') parts.at(-1)?.body.push(chunk.value);
  }
  return parts;
}

/** Parses a delivery report; returns nothing for another message, such as an absence notice. */
export async function readDeliveryReport(message: Buffer): Promise<DeliveryReport | undefined> {
  const [root, ...parts] = await partsOf(message);
  const status = parts.find(({ contentType }) => contentType === 'message/delivery-status');
  const to = root && addressIn(valueOf(root.headers, 'to'));
  if (root?.contentType !== 'multipart/report' || !status || !to) return undefined;
  return { to, recipients: recipientsOf(Buffer.concat(status.body).toString()) };
}

/** RFC 3464, 2.1: fields of the message, then a group for each recipient. */
function recipientsOf(text: string): RecipientStatus[] {
  const groups = text.split(/\r?\n\r?\n/).map((group) => new Headers(group));
  return groups.filter((group) => group.hasHeader('final-recipient')).map(statusOf);
}

function statusOf(group: Headers): RecipientStatus {
  const named = ['original-recipient', 'final-recipient'].map((name) => addressIn(valueOf(group, name)));
  return {
    addresses: named.filter((address) => address !== undefined),
    action: valueOf(group, 'action').toLowerCase(),
    status: STATUS.exec(valueOf(group, 'status'))?.[0] ?? '',
  };
}

function valueOf(headers: Headers, name: string): string {
  return headers.getFirst(name).replaceAll(/\s+/g, ' ').trim();
}

function addressIn(value: string): string | undefined {
  return ADDRESS.exec(` ${value}`)?.[1];
}
