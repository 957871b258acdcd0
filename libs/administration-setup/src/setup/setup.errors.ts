import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of the set-up. */
export const setupErrors = {
  'setup.phone-not-proved': {
    status: 409,
    fr: {
      title: 'Pas de numéro validé',
      detail:
        'L’essai part vers votre propre numéro. Ajoutez-le dans «\u00a0Mon compte\u00a0» et validez-le par un code, puis réessayez.',
    },
    en: {
      title: 'No verified number',
      detail:
        'The test goes to your own number. Add it in “My account” and verify it by a code, then try again.',
    },
  },
  'setup.test-expired': {
    status: 410,
    fr: {
      title: 'Lien d’essai périmé',
      detail: 'Ce lien vaut une heure, pour la personne qui l’a demandé. Demandez un nouvel essai.',
    },
    en: {
      title: 'Test link expired',
      detail: 'This link is good for one hour, for the person who asked for it. Ask for another test.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    administrationSetup: typeof setupErrors;
  }
}
