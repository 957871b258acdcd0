import type { JournalDeclaration } from '@portillon/audit';

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
