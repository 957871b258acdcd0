import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of the OpenID provider. */
export const openidJournal = {
  events: {
    application_entered: {
      subject: 'applications',
      siem: 'authentication.logon',
      fr: 'Application ouverte',
      en: 'Application entered',
    },
    application_refused: {
      subject: 'applications',
      siem: 'authentication.logon',
      fr: 'Accès à une application refusé',
      en: 'Application refused',
    },
    signing_key_next: {
      subject: 'applications',
      siem: 'entity.create',
      fr: 'Prochaines clés de signature publiées',
      en: 'Next signing keys published',
    },
    signing_key_rotate: {
      subject: 'applications',
      siem: 'entity.update',
      fr: 'Clés de signature remplacées',
      en: 'Signing keys replaced',
    },
  },
  reasons: {
    audience: {
      fr: 'L’application n’est pas destinée à cette personne',
      en: 'The application is not for this person',
    },
    level: {
      fr: 'La connexion n’atteint pas le niveau que l’application demande',
      en: 'The sign-in does not reach the level that the application asks for',
    },
  },
  data: {
    application: { fr: 'Numéro de l’application', en: 'Application number' },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    openid: typeof openidJournal;
  }
}
