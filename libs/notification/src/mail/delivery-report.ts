import { Headers, Splitter, SplitterChunk } from '@zone-eu/mailsplit';
import { Readable } from 'node:stream';

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

/** Parses a delivery report; returns nothing for another message, such as an absence notice. */
export async function readDeliveryReport(message: Buffer): Promise<DeliveryReport | undefined> {
  const [root, ...parts] = await partsOf(message);
  const status = parts.find(({ contentType }) => contentType === 'message/delivery-status');
  const to = root && addressIn(valueOf(root.headers, 'to'));
  if (root?.contentType !== 'multipart/report' || !status || !to) return undefined;
  return { to, recipients: recipientsOf(Buffer.concat(status.body).toString()) };
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
