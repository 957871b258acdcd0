import { MAILER_OPTIONS } from '@nestjs-modules/mailer';
import type { MailerOptions } from '@nestjs-modules/mailer';
import { Inject, Injectable } from '@nestjs/common';
import { findAnswer, Finding, NOT_SET, PresentedCertificate, presentedCertificates } from '@portillon/kernel';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import { ChannelFindings } from '../channels/channel.findings';
import { ChannelService } from '../channels/channel.service';
import type { NotificationOptions } from '../notification.options';
import { mailerOptions } from './mailer.options';

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

type Transports = Record<string, Parameters<typeof createTransport>[0]>;

/** A mail that a relay must take to be well. */
export interface TestMail {
  to: string;
  subject: string;
  text: string;
}

/** Greets each relay and signs in. Sends no mail, except `testMail`, by each relay. Needs no database. */
export function findRelays(options: NotificationOptions, testMail?: TestMail): Promise<Finding[]> {
  const mail = testMail && { ...testMail, from: options.mail?.from };
  return findTransports(mailerOptions(options), mail);
}

/** As {@link findRelays}, for options of the mailer, whose types this package does not export. */
export async function findTransports(
  { transports }: { transports?: unknown },
  mail?: SendMailOptions,
): Promise<Finding[]> {
  const relays = Object.values(transports as Transports);
  if (relays.length === 0) return [NOT_SET];
  const all = await Promise.all(relays.map((relay) => findRelay(relay, mail)));
  if (all.length === 1) return all;
  return all.map((found, index) => ({ ...found, text: `relay ${index + 1} ${found.text}` }));
}

async function findRelay(relay: Transports[string], mail: SendMailOptions | undefined): Promise<Finding> {
  const transport = createTransport(relay);
  try {
    return await findAnswer('SMTP_URL', () => (mail ? transport.sendMail(mail) : transport.verify()));
  } finally {
    transport.close();
  }
}

/** Certificates of the relays that speak TLS, from the first byte or after STARTTLS. A plugin shows none. */
export function relayCertificates({ transports }: { transports?: unknown }): Promise<PresentedCertificate[]> {
  const relays = Object.values(transports as Record<string, { url?: string }>);
  return presentedCertificates(relays.flatMap(({ url }) => (url ? endpointOf(new URL(url)) : [])));
}

function endpointOf({ protocol, hostname, port }: URL) {
  const relay = { setting: 'SMTP_URL', host: hostname.replace(/^\[|\]$/g, '') };
  if (protocol === 'smtps:') return { ...relay, port: Number(port || 465) };
  return { ...relay, port: Number(port || 587), startTls };
}

/** Has an SMTP server begin TLS (RFC 3207). @throws Error when it does not offer it */
async function startTls(socket: Socket): Promise<void> {
  await replyOf(socket);
  socket.write('EHLO localhost\r\n');
  await replyOf(socket);
  socket.write('STARTTLS\r\n');
  const reply = await replyOf(socket);
  if (!reply.startsWith('220')) throw new Error('no STARTTLS');
}

/** One reply, of several lines; the last has a space after its code. */
async function replyOf(socket: Socket): Promise<string> {
  let reply = '';
  while (!/^\d{3}(?: .*)?\r\n/m.test(reply)) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    reply += chunk.toString('latin1');
  }
  return reply;
}
