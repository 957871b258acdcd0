import type { EventCount, EventCounts, JournalDeclaration } from '@portillon/audit';

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

/** Counts the entries and refusals of an application, those of the gate too. */
export const openidCounts = {
  application_entered: ({ data }) => at('entry', data),
  application_refused: ({ data }) => at('entry-refused', data),
} satisfies EventCounts;

/** Empty for a line that sums up several events: it names no application. */
function at(metric: EventCount['metric'], data: string | null): EventCount[] {
  const { application } = JSON.parse(data ?? '{}') as { application?: string };
  return application ? [{ metric, means: '', application }] : [];
}

/** Journal events of machine clients. */
export const machineJournal = {
  reasons: {
    'application-refused': {
      fr: 'Application désactivée, ou autre que ce que dit son jeton',
      en: 'Application disabled, or not what its token says',
    },
    scope: { fr: 'Portée que le jeton n’a pas', en: 'A scope that the token does not have' },
  },
  data: {
    route: { fr: 'Adresse appelée', en: 'Address called' },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    machine: typeof machineJournal;
  }
}
