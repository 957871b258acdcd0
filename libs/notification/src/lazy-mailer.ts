import type { MailerOptions, MailerService } from '@nestjs-modules/mailer';
import { followHandOver } from './hand-over';
import { loadRenderer, MailRenderer } from './mail.renderer';

export interface LoadedMailer {
  mailer: MailerService;
  render: MailRenderer;
}

/** The mailer and the compiled template. Their 80 ms of loading are spent at the first mail or the first look at its health, not at start. */
export class LazyMailer {
  #loaded?: Promise<LoadedMailer>;

  /** `transports` as nodemailer takes them, by name. */
  constructor(private readonly transports: Readonly<Record<string, unknown>>) {}

  load(): Promise<LoadedMailer> {
    return (this.#loaded ??= this.#load());
  }

  async close(): Promise<void> {
    await (await this.#loaded)?.mailer.onModuleDestroy();
  }

  async #load(): Promise<LoadedMailer> {
    const [{ MailerService }, render] = await Promise.all([import('@nestjs-modules/mailer'), loadRenderer()]);
    const options = { transports: this.transports, plugins: [{ step: 'stream', plugin: followHandOver }] };
    const mailer = new MailerService(options as MailerOptions, undefined as never);
    // An EventEmitter whose errors nobody listens to ends the process; each sending gets its own error anyway.
    for (const name of Object.keys(this.transports)) mailer.getTransporter(name).on('error', () => undefined);
    return { mailer, render };
  }
}
