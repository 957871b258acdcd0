import type { Account, MembershipProposal } from '@portillon/account';
import type { AccountTokenKind } from '@portillon/credential';
import type { Locale } from '@portillon/http';
import { parisDay, parisTime, configurableModule } from '@portillon/kernel';
import type { MailMessage } from '@portillon/notification';

export interface RecoveryMailOptions {
  /** The public origin, which the links lead to. */
  publicUrl: string;
  /** The name of the service, as mails call it. */
  serviceName: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: RECOVERY_MAIL_OPTIONS } =
  configurableModule<RecoveryMailOptions>();

export interface LinkMailInput {
  kind: AccountTokenKind;
  account: Pick<Account, 'email' | 'branding' | 'locale' | 'username' | 'displayName' | 'reportMailbox'>;
  token: string;
  goodUntil: Date;
  isReminder?: boolean;
  options: RecoveryMailOptions;
}

const PAGES: Record<AccountTokenKind, string> = { INVITATION: 'invitation', PASSWORD_RESET: 'mot-de-passe' };
const PROPOSAL_PAGE = 'rattachement';

/** The mail that carries a link to choose a password. */
export function linkMail({
  kind,
  account,
  token,
  goodUntil,
  isReminder,
  options,
}: LinkMailInput): MailMessage {
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
    subject: `${serviceName} – ${isReminder ? words.reminder : ''}${said.subject}`,
    body: {
      organisation: account.branding?.name,
      accent: account.branding?.accent,
      title: said.title,
      paragraphs: [words.greeting(account.displayName), said.sentence],
      link: { label: said.label, url },
      preview: deadline,
      details: [{ label: words.username, value: account.username }, deadline],
      closing: [words.once, said.notYou],
    },
  };
}

interface ProposalMailInput {
  account: LinkMailInput['account'];
  proposal: Pick<MembershipProposal, 'structure' | 'expiresAt'>;
  token: string;
  options: RecoveryMailOptions;
}

/** The mail by which a person joins the structure that wants to count them among its members. */
export function proposalMail({ account, proposal, token, options }: ProposalMailInput): MailMessage {
  const { serviceName, publicUrl } = options;
  const words = linkTexts(account.locale);
  const said = words.proposal(serviceName, proposal.structure.name);
  const deadline = { label: words.goodUntil, value: parisTime(proposal.expiresAt, account.locale) };
  return {
    channel: 'EMAIL',
    to: account.reportMailbox ?? account.email,
    locale: account.locale,
    subject: `${serviceName} – ${said.subject}`,
    body: {
      organisation: account.branding?.name,
      accent: account.branding?.accent,
      title: said.title,
      paragraphs: [words.greeting(account.displayName), said.sentence],
      link: { label: said.label, url: `${new URL(PROPOSAL_PAGE, publicUrl).href}#${token}` },
      preview: deadline,
      details: [{ label: words.username, value: account.username }, deadline],
      closing: [words.once, said.notYou],
    },
  };
}

interface LinkText {
  subject: string;
  title: string;
  sentence: string;
  label: string;
  notYou: string;
}

interface LinkTexts {
  kinds: Record<AccountTokenKind, (service: string, day: string) => LinkText>;
  proposal: (service: string, structure: string) => LinkText;
  /** Before the subject of a mail that is sent again. */
  reminder: string;
  greeting: (name: string) => string;
  username: string;
  goodUntil: string;
  once: string;
}

const french: LinkTexts = {
  kinds: {
    INVITATION: (service, day) => ({
      subject: `activez votre compte avant le ${day}`,
      title: `Activez votre compte avant le ${day}`,
      sentence: `Un compte ${service} est ouvert pour vous. Choisissez votre mot de passe pour vous en servir.`,
      label: 'Choisir mon mot de passe',
      notYou: 'Si vous ne connaissez pas ce service, ignorez ce message\u00a0: le compte restera fermé.',
    }),
    PASSWORD_RESET: (service) => ({
      subject: 'nouveau mot de passe',
      title: 'Choisir un nouveau mot de passe',
      sentence: `Un nouveau mot de passe a été demandé pour votre compte ${service}. Il fermera toutes vos sessions\u202f; un code vous sera demandé ensuite.`,
      label: 'Choisir un nouveau mot de passe',
      notYou:
        'Si vous n’avez rien demandé, n’ouvrez pas ce lien\u00a0: sans lui, rien ne change. Si ce message revient, prévenez l’administrateur de votre structure.',
    }),
  },
  proposal: (service, structure) => ({
    subject: `${structure} vous propose un rattachement`,
    title: `${structure} vous propose un rattachement`,
    sentence: `${structure} souhaite que votre compte ${service} serve aussi chez elle. Ses règles s’appliqueront quand vous vous connecterez\u202f; votre adresse, votre mot de passe et vos moyens de connexion restent les mêmes.`,
    label: 'Voir et répondre',
    notYou:
      'Si vous n’y travaillez pas, refusez ou ignorez ce message\u00a0: sans réponse, rien ne change. La structure n’apprend pas un refus.',
  }),
  reminder: 'rappel\u00a0: ',
  greeting: (name) => `Bonjour ${name},`,
  username: 'Identifiant',
  goodUntil: 'Valable jusqu’au',
  once: 'Ce lien ne sert qu’une fois. Ne le transmettez à personne.',
};

const english: LinkTexts = {
  kinds: {
    INVITATION: (service, day) => ({
      subject: `activate your account before ${day}`,
      title: `Activate your account before ${day}`,
      sentence: `A ${service} account is open for you. Choose your password to use it.`,
      label: 'Choose my password',
      notYou: 'If you do not know this service, ignore this message: the account will stay closed.',
    }),
    PASSWORD_RESET: (service) => ({
      subject: 'new password',
      title: 'Choose a new password',
      sentence: `A new password was asked for your ${service} account. It will end all your sessions; a code will be asked for afterwards.`,
      label: 'Choose a new password',
      notYou:
        'If you did not ask for it, do not open this link: nothing changes without it. If this message comes again, tell the administrator of your organisation.',
    }),
  },
  proposal: (service, structure) => ({
    subject: `${structure} invites you to join`,
    title: `${structure} invites you to join`,
    sentence: `${structure} would like your ${service} account to serve there too. Its rules will apply to your sign-ins; your address, your password and your means of signing in stay the same.`,
    label: 'See and answer',
    notYou:
      'If you do not work there, refuse or ignore this message: nothing changes without an answer. The organisation does not learn of a refusal.',
  }),
  reminder: 'reminder: ',
  greeting: (name) => `Hello ${name},`,
  username: 'User name',
  goodUntil: 'Valid until',
  once: 'This link works once. Do not share it.',
};

function linkTexts(locale: Locale): LinkTexts {
  return locale === 'en' ? english : french;
}
