import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of « Mon compte ». */
export const myAccountJournal = {
  events: {
    authn_password_change: {
      subject: 'password',
      siem: 'account.password-change',
      fr: 'Mot de passe changé',
      en: 'Password changed',
    },
    browser_forgotten: {
      subject: 'codes',
      siem: 'authentication.other',
      fr: 'Navigateur oublié',
      en: 'Browser forgotten',
    },
    phone_changed: {
      subject: 'factors',
      siem: 'account.other',
      fr: 'Numéro de téléphone changé',
      en: 'Phone number changed',
    },
    phone_removed: {
      subject: 'factors',
      siem: 'account.mfa-factor-disable',
      fr: 'Numéro de téléphone supprimé',
      en: 'Phone number deleted',
    },
    phone_verified: {
      subject: 'factors',
      siem: 'account.mfa-factor-enable',
      fr: 'Numéro de téléphone validé',
      en: 'Phone number verified',
    },
    code_channel_changed: {
      subject: 'factors',
      siem: 'account.other',
      fr: 'Préférence de réception des codes changée',
      en: 'Way to get codes changed',
    },
    locale_changed: {
      subject: 'factors',
      siem: 'account.other',
      fr: 'Langue changée',
      en: 'Language changed',
    },
    email_changed: {
      subject: 'factors',
      siem: 'account.other',
      fr: 'Adresse e‑mail changée',
      en: 'Email address changed',
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    myAccount: typeof myAccountJournal;
  }
}
