import { MailerService } from '@nestjs-modules/mailer';
import type { MailerOptions } from '@nestjs-modules/mailer';
import { HandlebarsAdapter } from '@nestjs-modules/mailer/adapters/handlebars.adapter';
import { bounded } from '@portillon/kernel';
import handlebars from 'handlebars';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import type { DkimOptions, MailOptions, MailTransport, NotificationOptions } from '../notification.options';

/** Name and address of a sender. */
export interface Mailbox {
  name: string;
  address: string;
  domain: string;
}

const MAILBOX =
  /^(?:"?([^"<>\p{Cc}]*?)"?\s*<([^\s<>\p{Cc}]+@[^\s<>@\p{Cc}]+)>|([^\s<>\p{Cc}]+@[^\s<>@\p{Cc}]+))$/u;

/** Reads `Name <address>` or a bare address. @throws Error naming the option for another text */
export function parseMailbox(text: string): Mailbox {
  const match = MAILBOX.exec(text.trim());
  if (!match) throw new Error('notification: "mail.from" is neither an address nor "Name <address>"');
  const address = match[2] ?? match[3]!;
  return { name: match[1]?.trim() ?? '', address, domain: address.slice(address.lastIndexOf('@') + 1) };
}

/** A relay for mail. */
export interface MailRoute {
  /** Its name in the mailer. */
  transporterName: string;
  /** For the delivery log: host and port, or the name of a transport plugin. */
  name: string;
  /** Whether it is SMTP. A transport plugin does not show when it has the message. */
  smtp: boolean;
}

/** The template of every mail, in its folder. */
export const MAIL_TEMPLATE = 'message';
/** In the bundle, or in the package beside its sources or compiled files. */
const TEMPLATES = [join(__dirname, 'templates'), join(__dirname, '../../templates')];
/** Times are in milliseconds. */
const BOUNDS = {
  // A relay that takes 200 ms for a mail carries 100 a second; Postfix allows one address 50 connections.
  connections: { default: 20, min: 1, max: 200 },
  connectMs: { default: 5_000, min: 1_000, max: 8_000 },
  idleMs: { default: 60_000, min: 5_000, max: 300_000 },
};
const LONGEST_NAME = 64;

/** Relays in the order in which they are tried. @throws Error naming the option that is wrong */
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

/** Options of the mailer. @throws Error naming the option that is wrong */
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

/** Name of a transport. @throws Error for neither an SMTP URL nor a plugin */
function nameOf(transport: MailTransport): string {
  if (typeof transport !== 'string') return transport.name;
  if (!URL.canParse(transport) || !/^smtps?:$/.test(new URL(transport).protocol))
    throw new Error('notification: "mail.transport" is no SMTP URL');
  return `smtp ${new URL(transport).host}`;
}

/** Folder of the template. It is compiled once at start, so that a mistake does not wait for the first mail. */
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
    // An idle connection that the server dropped is replaced, but not endlessly.
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

/** A mail that is signed here and not by a relay is aligned with its sender whichever relay carries it (RFC 7489, 3.1.1). */
function signature({ domain, selector, privateKey }: DkimOptions) {
  return { domainName: domain, keySelector: selector, privateKey };
}

/** Sets the option in the URL, which overrides nodemailer's other options. */
function overTls(url: string): string {
  const strict = new URL(url);
  for (const name of ['ignoreTLS', 'opportunisticTLS']) strict.searchParams.delete(name);
  strict.searchParams.set('requireTLS', 'true');
  return strict.href;
}

interface MessageSource {
  createReadStream(options?: object): Readable;
}

/** The part of nodemailer's mail that plugins receive. */
export interface OutgoingMail {
  data: { dataPhase?: DataPhase };
  message: MessageSource;
}

/**
 * Whether the relay accepted DATA (354): only then does an SMTP connection read the first byte of the message.
 * Nodemailer's own errors do not show it.
 */
export class DataPhase {
  #streams: Readable[] = [];

  get begun(): boolean {
    return this.#streams.some((stream) => stream.readableDidRead);
  }

  /** Follows every stream that `message` creates: a pool creates one for each connection that it tries. */
  follow(message: MessageSource): void {
    const create = message.createReadStream.bind(message);
    message.createReadStream = (options) => {
      const stream = create(options);
      this.#streams.push(stream);
      return stream;
    };
  }
}

/** Nodemailer plugin for the step `stream`. */
function followData(mail: OutgoingMail, done: () => void): void {
  mail.data.dataPhase?.follow(mail.message);
  done();
}

/** `MailerService` that stays open until the last request has ended, since that may still send a mail. */
@Injectable()
export class RelayMailerService extends MailerService implements OnApplicationShutdown {
  /** Nest calls this while requests are still running. */
  override onModuleDestroy(): Promise<void> {
    return Promise.resolve();
  }

  onApplicationShutdown(): Promise<void> {
    return super.onModuleDestroy();
  }
}
