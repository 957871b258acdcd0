import type { MailerOptions } from '@nestjs-modules/mailer';
import { HandlebarsAdapter } from '@nestjs-modules/mailer/adapters/handlebars.adapter';
import { bounded } from '@portillon/kernel';
import handlebars from 'handlebars';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DkimOptions, MailOptions, MailTransport, NotificationOptions } from '../notification.options';
import { followData } from './data-phase.plugin';

/** One way out for mail. */
export interface MailRoute {
  /** Its name in the mailer. */
  transporterName: string;
  /** For the delivery log: host and port, or what a transport plugin calls itself. */
  name: string;
  /** Whether it is SMTP, or a transport plugin, which does not say when it has the message. */
  smtp: boolean;
}

/** The template of every mail, in its folder. */
export const MAIL_TEMPLATE = 'message';
/** Beside what is bundled, or in the package, beside its sources and what is compiled of them. */
const TEMPLATES = [join(__dirname, 'templates'), join(__dirname, '../../templates')];
/** Times in milliseconds. */
const BOUNDS = {
  // A relay that takes 200 ms for a mail carries 100 a second; Postfix allows one address 50 connections.
  connections: { default: 20, min: 1, max: 200 },
  connectMs: { default: 5_000, min: 1_000, max: 8_000 },
  idleMs: { default: 60_000, min: 5_000, max: 300_000 },
};
const LONGEST_NAME = 64;

/** The routes in the order in which they are tried. @throws Error naming the option that is wrong. */
export function mailRoutes(mail: MailOptions | undefined): MailRoute[] {
  if (!mail) return [];
  const transports = [mail.transport].flat();
  if (transports.length === 0) throw new Error('notification: "mail.transport" names no relay');
  return transports.map((transport, index) => ({
    transporterName: `relay-${index + 1}`,
    name: nameOf(transport).slice(0, LONGEST_NAME),
    smtp: typeof transport === 'string',
  }));
}

/** What the mailer is made with. @throws Error naming the option that is wrong. */
export function mailerOptions({ mail }: NotificationOptions): MailerOptions {
  const transports = [mail?.transport ?? []].flat();
  const named = mailRoutes(mail).map(({ transporterName }, index) => {
    const transport = transports[index]!;
    return [transporterName, typeof transport === 'string' ? pool(transport, mail!) : transport];
  });
  return {
    transports: Object.fromEntries(named) as MailerOptions['transports'],
    // The template has its styles inline: inlining them at each sending would slow down sign-ins.
    template: {
      dir: templatesOf(mail),
      adapter: new HandlebarsAdapter(undefined, { inlineCssEnabled: false }),
    },
    plugins: [{ step: 'stream', plugin: followData }],
  };
}

/** @throws Error when it is neither an SMTP URL nor a plugin. */
function nameOf(transport: MailTransport): string {
  if (typeof transport !== 'string') return transport.name;
  if (!URL.canParse(transport) || !/^smtps?:$/.test(new URL(transport).protocol))
    throw new Error('notification: "mail.transport" is no SMTP URL');
  return `smtp ${new URL(transport).host}`;
}

/** The folder of the template, read once now: a mistake in it is found at start and not by the first person. */
function templatesOf(mail: MailOptions | undefined): string {
  const folder = mail?.templates ?? TEMPLATES.find((one) => existsSync(one))!;
  try {
    handlebars.precompile(readFileSync(join(folder, `${MAIL_TEMPLATE}.hbs`), 'utf8'));
    return folder;
  } catch (error) {
    throw new Error(`notification: "mail.templates" holds no usable ${MAIL_TEMPLATE}.hbs`, { cause: error });
  }
}

function pool(url: string, mail: MailOptions) {
  const { connections, connectMs, idleMs } = bounded('NotificationModule.mail', BOUNDS, mail);
  return {
    url: mail.requireTls ? overTls(url) : url,
    pool: true,
    maxConnections: connections,
    // A connection that the server dropped while it was idle is replaced, but not for ever.
    maxRequeues: 1,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: idleMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(mail.dkim ? { dkim: signature(mail.dkim) } : {}),
  };
}

/** Signed here and not by a relay, a mail is aligned with its sender whichever relay carries it (RFC 7489, 3.1.1). */
function signature({ domain, selector, privateKey }: DkimOptions) {
  return { domainName: domain, keySelector: selector, privateKey };
}

/** In the URL itself: what it says wins over nodemailer's other options. */
function overTls(url: string): string {
  const strict = new URL(url);
  for (const name of ['ignoreTLS', 'opportunisticTLS']) strict.searchParams.delete(name);
  strict.searchParams.set('requireTLS', 'true');
  return strict.href;
}
