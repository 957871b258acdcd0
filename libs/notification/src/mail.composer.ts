import { domainToASCII } from 'node:url';
import type { Mailbox } from './mailbox';
import type { RenderedMail } from './mail.renderer';

/** Everything a mail says and bears, before it is bytes. */
export interface Letter extends RenderedMail {
  id: string;
  from: Mailbox;
  to: string;
  subject: string;
  locale: string;
  date: Date;
}

const LONGEST_LINE = 76;
const ASCII = /^[\x20-\x7e]*$/;
/** 52 characters of base64, 64 with their frame, 73 behind `Subject: `. */
const BYTES_PER_WORD = 39;
const HEX = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`);

/** Marks it as nobody's answer, so that no absence message comes back (RFC 3834, 5; the second is what Exchange heeds). */
export const AUTOMATIC: Readonly<Record<string, string>> = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
};

/**
 * The bytes of a multipart/alternative mail (RFC 5322, 2045, 2047), text first. Nodemailer makes the same from its
 * tree of streams at twice the cost, and this is on the way of a sign-in.
 */
export function composeMail(letter: Letter): Buffer {
  const boundary = `=_${letter.id}`;
  const lines = [
    `From: ${mailbox(letter.from)}`,
    `To: ${asciiDomain(letter.to)}`,
    `Subject: ${headerText(letter.subject)}`,
    `Date: ${letter.date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId(letter)}`,
    ...Object.entries(AUTOMATIC).map(([name, value]) => `${name}: ${value}`),
    `Content-Language: ${letter.locale}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative;',
    ` boundary="${boundary}"`,
    '',
    ...part(boundary, 'text/plain', letter.text),
    ...part(boundary, 'text/html', letter.html),
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

/** The same message has the same name however often it is composed. */
export function messageId({ id, from }: Pick<Letter, 'id' | 'from'>): string {
  return `<${id}@${asciiDomain(from.domain)}>`;
}

function part(boundary: string, type: string, content: string): string[] {
  const encoding = 'Content-Transfer-Encoding: quoted-printable';
  return [`--${boundary}`, `Content-Type: ${type}; charset=utf-8`, encoding, '', quotedPrintable(content)];
}

function mailbox({ name, address }: Mailbox): string {
  if (!name) return asciiDomain(address);
  const plain = ASCII.test(name) && name.length < LONGEST_LINE;
  return `${plain ? `"${name.replace(/["\\]/g, '\\$&')}"` : encodedWords(name)} <${asciiDomain(address)}>`;
}

/** An international domain in the form that mail servers know. */
function asciiDomain(address: string): string {
  if (ASCII.test(address)) return address;
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + (domainToASCII(address.slice(at)) || address.slice(at));
}

/** A header is one line: what a name or a subject smuggles in must not begin another. */
function headerText(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  const plain =
    /^[\x20-\x7e]*$/.test(line) && line.length <= LONGEST_LINE - 'Subject: '.length && !line.includes('=?');
  return plain ? line : encodedWords(line);
}

/** RFC 2047, 2 and 5: lines of at most 76 characters, words that split no character. */
function encodedWords(text: string): string {
  const words = [''];
  for (const character of text) {
    const longer = words.at(-1)! + character;
    if (Buffer.byteLength(longer) > BYTES_PER_WORD) words.push(character);
    else words[words.length - 1] = longer;
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ');
}

/** RFC 2045, 6.7. */
function quotedPrintable(text: string): string {
  const bytes = Buffer.from(text.replace(/\r\n?/g, '\n')).toString('latin1');
  const encoded = bytes.replace(
    /[^\n\t\x20-\x3c\x3e-\x7e]|[\t ](?=\n|$)/g,
    (byte) => HEX[byte.charCodeAt(0)]!,
  );
  return encoded.split('\n').map(softBreaks).join('\r\n');
}

function softBreaks(line: string): string {
  if (line.length <= LONGEST_LINE) return line;
  const pieces: string[] = [];
  let start = 0;
  while (line.length - start > LONGEST_LINE) {
    const end = beforeEscape(line, start + LONGEST_LINE - 1);
    pieces.push(line.slice(start, end));
    start = end;
  }
  return [...pieces, line.slice(start)].join('=\r\n');
}

/** `=C3` is never cut in two. */
function beforeEscape(line: string, end: number): number {
  if (line[end - 1] === '=') return end - 1;
  return line[end - 2] === '=' ? end - 2 : end;
}
