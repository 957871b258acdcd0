import type { JournalDeclaration } from '@portillon/audit';

/** Sign-outs of one application, and the reasons of `application_refused`. */
export const gateJournal = {
  events: {
    application_left: {
      subject: 'applications',
      siem: 'authentication.logoff',
      fr: 'Déconnexion d’une application',
      en: 'Signed out of an application',
    },
  },
  reasons: {
    structure: {
      fr: 'L’application n’est pas destinée à cette structure',
      en: 'The application is not for this organisation',
    },
    closed: { fr: 'Cette adresse est refusée à tous', en: 'This address is refused to everybody' },
    'no-rule': {
      fr: 'Aucune règle ne laisse entrer à cette adresse',
      en: 'No rule lets anybody in at this address',
    },
    'no-application': { fr: 'L’application est désactivée', en: 'The application is disabled' },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    gate: typeof gateJournal;
  }
}
