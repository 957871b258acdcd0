import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of cards. */
export const cpxErrors = {
  'certificate.missing': {
    status: 401,
    fr: {
      title: 'Carte non lue',
      detail:
        'Aucune carte n’a été présentée. Insérez votre carte, puis recommencez\u202f; ou choisissez un autre moyen de connexion.',
    },
    en: {
      title: 'No card read',
      detail: 'No card was presented. Insert your card and try again, or choose another way to sign in.',
    },
  },
  'certificate.rejected': {
    status: 401,
    fr: {
      title: 'Carte refusée',
      detail:
        'Cette carte ne peut pas servir ici. Choisissez un autre moyen de connexion ou adressez-vous à l’administrateur de votre structure.',
    },
    en: {
      title: 'Card rejected',
      detail:
        'This card cannot be used here. Choose another way to sign in, or ask the administrator of your structure.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    cpx: typeof cpxErrors;
  }
}
