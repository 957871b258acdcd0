import type { OutgoingChannel } from '../channels/channel-provider.types';
import { assertMail } from '../message.policy';
import type { MailMessage } from '../message.types';
import { BounceAddresses } from './bounce-address';
import { MailFindings } from './mail.findings';
import { MailProvider } from './mail.provider';
import { parseMailbox, mailRoutes } from './mailer.options';

declare module '@portillon/kernel' {
  interface Channels {
    EMAIL: { proof: 'mail'; message: MailMessage };
  }
}

export const mailChannel: OutgoingChannel<MailMessage> = {
  name: 'EMAIL',
  reaches: 'email',
  proof: 'mail',
  text: { fr: 'e-mail', en: 'mail' },
  counter: { name: 'portillon_mail_total', help: 'Mails given to a relay, by what came of it.' },
  findings: MailFindings,
  assertSendable: assertMail,
  async open({ mail }, { mailer, clock, keyring }) {
    if (!mail) return [];
    const bounceAddresses = new BounceAddresses(mail.bounces, keyring);
    const sender = { from: parseMailbox(mail.from), separators: mail.separators, bounceAddresses };
    return mailRoutes(mail).map((route) => new MailProvider(mailer, route, sender, clock));
  },
};
