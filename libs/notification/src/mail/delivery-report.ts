import { Headers, Splitter, SplitterChunk } from '@zone-eu/mailsplit';
import { Readable } from 'node:stream';

/** A delivery status notification (RFC 3464), as far as it is used. */
export interface DeliveryReport {
  /** The address that it was sent to: the sender on the envelope of the mail. */
  to: string;
  recipients: RecipientStatus[];
}

export interface RecipientStatus {
  /** As the mail was sent, and as it was delivered: a server on the way may have replaced the one by the other. */
  addresses: string[];
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`. */
  action: string;
  /** RFC 3463: `5.1.1`. */
  status: string;
}

/** What is longer is no header of a report on a mail of ours. */
const LONGEST_HEADER = 64 * 1024;
/** At the end of `rfc822; claire@hopital.example`, and of `Name <claire@hopital.example>`. */
const ADDRESS = /[\s<;]([^\s<>;@]{1,64}@[^\s<>;@]{1,255})>?$/;
const STATUS = /^[245]\.\d{1,3}\.\d{1,3}(?=\s|$)/;

/** The report that this message is; nothing when it is another message, such as an absence notice. */
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

/** RFC 3464, 2.1: a group of fields of the message, then one of each recipient. */
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
