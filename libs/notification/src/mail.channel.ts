import { MailerOptions, MailerService } from '@nestjs-modules/mailer';
import type { Clock } from '@portillon/kernel';
import { followHandOver } from './hand-over';
import { parseMailbox } from './mailbox';
import { MailRelay } from './mail.relay';
import type { MailTransport, NotificationOptions } from './notification.options';

const CONNECTIONS = 5;
const CONNECT_MS = 5_000;
const IDLE_MS = 60_000;

/** The mailer and its relays, in the order in which they are tried. */
export interface MailChannel {
  relays: MailRelay[];
  close(): Promise<void>;
}

/** @throws Error naming the option that is wrong. */
export function openMail(options: NonNullable<NotificationOptions['mail']>, clock: Clock): MailChannel {
  const from = parseMailbox(options.from);
  const transports = [options.transport].flat();
  const configured = transports.map((transport, index) => [
    `relay-${index + 1}`,
    configure(transport, options),
  ]);
  const plugins = [{ step: 'stream' as const, plugin: followHandOver }];
  const mailer = new MailerService(
    { transports: Object.fromEntries(configured), plugins } as MailerOptions,
    undefined as never,
  );
  const relays = transports.map((transport, index) => {
    const transporterName = `relay-${index + 1}`;
    // An EventEmitter whose errors nobody listens to ends the process; each sending gets its own error anyway.
    mailer.getTransporter(transporterName).on('error', () => undefined);
    return new MailRelay(mailer, clock, { transporterName, from, ...describe(transport) });
  });
  return { relays, close: () => mailer.onModuleDestroy() };
}

function configure(
  transport: MailTransport,
  { connections }: NonNullable<NotificationOptions['mail']>,
): unknown {
  if (typeof transport !== 'string') return transport;
  return {
    url: transport,
    pool: true,
    maxConnections: connections ?? CONNECTIONS,
    // A connection that the server dropped while idle is replaced; a message is never queued for ever.
    maxRequeues: 2,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: IDLE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  };
}

function describe(transport: MailTransport): { name: string; tellsHandOver: boolean } {
  if (typeof transport !== 'string') return { name: transport.name.slice(0, 64), tellsHandOver: false };
  if (!URL.canParse(transport) || !/^smtps?:/.test(transport))
    throw new Error('notification: "mail.transport" is no SMTP URL');
  return { name: `smtp ${new URL(transport).host}`.slice(0, 64), tellsHandOver: true };
}
