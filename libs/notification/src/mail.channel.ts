import type { Clock } from '@portillon/kernel';
import { LazyMailer } from './lazy-mailer';
import { parseMailbox } from './mailbox';
import { MailRelay } from './mail.relay';
import type { MailTransport, NotificationOptions } from './notification.options';

type MailOptions = NonNullable<NotificationOptions['mail']>;

const CONNECTIONS = 5;
const CONNECT_MS = 5_000;
const IDLE_MS = 60_000;

/** The relays in the order in which they are tried. */
export interface MailChannel {
  relays: MailRelay[];
  close(): Promise<void>;
}

/** @throws Error naming the option that is wrong. */
export function openMail(options: MailOptions, clock: Clock): MailChannel {
  const from = parseMailbox(options.from);
  const ways = [options.transport].flat().map((transport, index) => ({
    transporterName: `relay-${index + 1}`,
    ...describe(transport, options),
  }));
  const mailer = new LazyMailer(Object.fromEntries(ways.map((way) => [way.transporterName, way.transport])));
  if (ways.length === 0) throw new Error('notification: "mail.transport" names no relay');
  return {
    relays: ways.map(({ transport: _, ...way }) => new MailRelay(mailer, clock, { ...way, from })),
    close: () => mailer.close(),
  };
}

function describe(transport: MailTransport, options: MailOptions) {
  if (typeof transport !== 'string') return { transport, name: transport.name.slice(0, 64), smtp: false };
  if (!URL.canParse(transport) || !/^smtps?:$/.test(new URL(transport).protocol)) {
    throw new Error('notification: "mail.transport" is no SMTP URL');
  }
  return {
    transport: pool(transport, options),
    name: `smtp ${new URL(transport).host}`.slice(0, 64),
    smtp: true,
  };
}

function pool(url: string, { connections, requireTls }: MailOptions) {
  return {
    url: requireTls ? overTls(url) : url,
    pool: true,
    maxConnections: connections ?? CONNECTIONS,
    // A connection that the server dropped while it was idle is replaced, but not for ever.
    maxRequeues: 1,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: IDLE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** In the URL itself: what it says wins over nodemailer's other options. */
function overTls(url: string): string {
  const strict = new URL(url);
  for (const name of ['ignoreTLS', 'opportunisticTLS']) strict.searchParams.delete(name);
  strict.searchParams.set('requireTLS', 'true');
  return strict.href;
}
