import type { Account } from '@portillon/account';
import type { AccountTokenKind } from '@portillon/credential';
import { parisDay, parisTime } from '@portillon/kernel';
import type { MailMessage } from '@portillon/notification';
import { linkTexts } from './link.texts';
import type { RecoveryMailOptions } from './recovery.options';

export interface LinkMailInput {
  kind: AccountTokenKind;
  account: Pick<Account, 'email' | 'face' | 'locale' | 'username' | 'displayName' | 'reportMailbox'>;
  token: string;
  goodUntil: Date;
  options: RecoveryMailOptions;
}

const PAGES: Record<AccountTokenKind, string> = { INVITATION: 'invitation', PASSWORD_RESET: 'mot-de-passe' };

/** The mail that carries a link to choose a password. */
export function linkMail({ kind, account, token, goodUntil, options }: LinkMailInput): MailMessage {
  const { serviceName, publicUrl } = options;
  const words = linkTexts(account.locale);
  const said = words.kinds[kind](serviceName, parisDay(goodUntil, account.locale));
  // In the fragment: browsers send it to no server, so that no log and no Referer has it.
  const deadline = { label: words.goodUntil, value: parisTime(goodUntil, account.locale) };
  const url = `${new URL(PAGES[kind], publicUrl).href}#${token}`;
  return {
    channel: 'EMAIL',
    // While a report is open, an intruder may have changed the address.
    to: account.reportMailbox ?? account.email,
    locale: account.locale,
    subject: `${serviceName} – ${said.subject}`,
    body: {
      organisation: account.face?.name,
      accent: account.face?.accent,
      title: said.title,
      paragraphs: [words.greeting(account.displayName), said.sentence],
      link: { label: said.label, url },
      preview: deadline,
      details: [{ label: words.username, value: account.username }, deadline],
      closing: [words.once, said.notYou],
    },
  };
}
