import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of what the national directory shows otherwise. */
export const directoryErrors = {
  'directory-change.not-applicable': {
    status: 409,
    fr: {
      title: 'Rien à appliquer ici',
      detail:
        'Une structure fermée ne se ferme pas ici\u00a0: rattachez ses personnes à une autre, puis mettez cette proposition de côté.',
    },
    en: {
      title: 'Not to be applied here',
      detail:
        'A closed organisation is not closed here: have its people join another one, then set this proposal aside.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    administrationDirectory: typeof directoryErrors;
  }
}
