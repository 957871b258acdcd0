import { findAnswer, Finding, NOT_SET } from '@portillon/kernel';
import { createTransport } from 'nodemailer';
import type { NotificationOptions } from '../notification.options';
import { mailerOptions } from './mailer.options';

type Transports = Record<string, Parameters<typeof createTransport>[0]>;

/** Greets each relay and signs in, as for a mail, without sending one. Needs no database. */
export function findRelays(options: NotificationOptions): Promise<Finding[]> {
  return findTransports(mailerOptions(options));
}

/** As {@link findRelays}, for options of the mailer, whose types this package does not export. */
export async function findTransports({ transports }: { transports?: unknown }): Promise<Finding[]> {
  const relays = Object.values(transports as Transports);
  if (relays.length === 0) return [NOT_SET];
  const all = await Promise.all(relays.map(findRelay));
  if (all.length === 1) return all;
  return all.map((found, index) => ({ ...found, text: `relay ${index + 1} ${found.text}` }));
}

async function findRelay(relay: Transports[string]): Promise<Finding> {
  const transport = createTransport(relay);
  try {
    return await findAnswer('SMTP_URL', () => transport.verify());
  } finally {
    transport.close();
  }
}
