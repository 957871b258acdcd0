import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of authenticator apps. */
export const totpJournal = {
  events: {
    totp_added: {
      subject: 'means',
      siem: 'account.mfa-factor-enable',
      fr: 'Application d’authentification ajoutée',
      en: 'Authenticator app added',
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    totp: typeof totpJournal;
  }
}
