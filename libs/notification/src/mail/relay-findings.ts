import { findAnswer, Finding, NOT_SET } from '@portillon/kernel';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { NotificationOptions } from '../notification.options';
import { mailerOptions } from './mailer.options';

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
