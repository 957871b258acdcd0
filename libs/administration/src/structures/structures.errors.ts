import type { ErrorDefinitions } from '@portillon/kernel';

/** What is refused of structures. */
export const structuresErrors = {
  'structure.taken': {
    status: 409,
    fr: {
      title: 'Structure déjà créée',
      detail: 'Une autre structure a déjà ce nom, ce FINESS ou ce SIRET.',
    },
    en: {
      title: 'Structure already there',
      detail: 'Another structure has this name, this FINESS or this SIRET already.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    administrationStructures: typeof structuresErrors;
  }
}
