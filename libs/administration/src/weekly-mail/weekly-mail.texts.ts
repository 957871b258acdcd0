import type { Account } from '@portillon/account';
import type { Locale } from '@portillon/kernel';
import type { MailMessage } from '@portillon/notification';
import type { RecoveryMailOptions } from '@portillon/recovery';

/** Filters of the list of accounts that a decision ends, as the home of administrators shows them. */
export const COUNTED_SELECTIONS = [
  'REPORTED',
  'EMERGENCY_ACCESS',
  'CHANGE_PENDING',
  'ERASURE_REQUESTED',
  'LOCKED',
  'INVITATION_EXPIRED',
  'ERASURE_DUE',
] as const;
type Counted = (typeof COUNTED_SELECTIONS)[number] | 'DIRECTORY';
export type WeeklyCounts = [Counted, number][];

interface WeeklyTexts {
  title: (count: number) => string;
  greeting: (name: string) => string;
  sentence: (service: string) => string;
  label: string;
  why: string;
  kinds: Record<Counted, string>;
}

const french: WeeklyTexts = {
  title: (count) => (count === 1 ? 'une décision vous attend' : `${count}\u00a0décisions vous attendent`),
  greeting: (name) => `Bonjour ${name},`,
  sentence: (service) => `Voici ce qui attend une décision dans l’administration de ${service}.`,
  label: 'Ouvrir l’administration',
  why: 'Vous avez choisi ce message du lundi. Pour ne plus le recevoir, ouvrez «\u00a0Mon compte\u00a0».',
  kinds: {
    REPORTED: 'Événements signalés',
    EMERGENCY_ACCESS: 'Accès de secours ouverts',
    CHANGE_PENDING: 'Changements à confirmer',
    ERASURE_REQUESTED: 'Demandes d’effacement',
    LOCKED: 'Comptes bloqués',
    INVITATION_EXPIRED: 'Invitations expirées',
    ERASURE_DUE: 'Comptes bientôt effacés',
    DIRECTORY: 'Changements de l’Annuaire Santé',
  },
};

const english: WeeklyTexts = {
  title: (count) => (count === 1 ? 'one decision waits for you' : `${count} decisions wait for you`),
  greeting: (name) => `Hello ${name},`,
  sentence: (service) => `This waits for a decision in the administration of ${service}.`,
  label: 'Open the administration',
  why: 'You chose this mail of Monday. To stop it, open “My account”.',
  kinds: {
    REPORTED: 'Reported events',
    EMERGENCY_ACCESS: 'Open emergency accesses',
    CHANGE_PENDING: 'Changes to confirm',
    ERASURE_REQUESTED: 'Requests for erasure',
    LOCKED: 'Blocked accounts',
    INVITATION_EXPIRED: 'Expired invitations',
    ERASURE_DUE: 'Accounts that are soon erased',
    DIRECTORY: 'Changes in the Annuaire Santé',
  },
};
const TEXTS: Record<Locale, WeeklyTexts> = { fr: french, en: english };

/** The mail has numbers and no names: a mailbox may be shared. */
export function weeklyMail(
  { email, locale, displayName, branding }: Pick<Account, 'email' | 'locale' | 'displayName' | 'branding'>,
  counts: WeeklyCounts,
  { serviceName, publicUrl }: RecoveryMailOptions,
): MailMessage {
  const words = TEXTS[locale];
  const title = words.title(counts.reduce((sum, [, count]) => sum + count, 0));
  return {
    channel: 'EMAIL',
    to: email,
    locale,
    subject: `${serviceName} – ${title}`,
    body: {
      organisation: branding?.name,
      accent: branding?.accent,
      title: title.charAt(0).toUpperCase() + title.slice(1),
      paragraphs: [words.greeting(displayName), words.sentence(serviceName)],
      details: counts.map(([kind, count]) => ({ label: words.kinds[kind], value: String(count) })),
      link: { label: words.label, url: publicUrl },
      closing: [words.why],
    },
  };
}
