import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of an `Idempotency-Key`. */
export const idempotencyErrors = {
  'idempotency-key.required': {
    status: 400,
    fr: {
      title: 'Clé d’idempotence manquante',
      detail:
        'Une application indique avec chaque création un en-tête Idempotency-Key, nouveau pour chaque création\u00a0: une chaîne de 1 à 128 caractères.',
    },
    en: {
      title: 'Idempotency key missing',
      detail:
        'An application sends an Idempotency-Key header with each creation, a new one for each: a string of 1 to 128 characters.',
    },
  },
  'idempotency-key.malformed': {
    status: 400,
    fr: {
      title: 'Clé d’idempotence illisible',
      detail: 'L’en-tête Idempotency-Key est une chaîne de 1 à 128 caractères visibles.',
    },
    en: {
      title: 'Idempotency key unreadable',
      detail: 'The Idempotency-Key header is a string of 1 to 128 visible characters.',
    },
  },
  'idempotency-key.reused': {
    status: 422,
    fr: {
      title: 'Clé d’idempotence déjà utilisée',
      detail: 'Cette clé a servi à une autre demande. Choisissez-en une nouvelle pour chaque création.',
    },
    en: {
      title: 'Idempotency key used already',
      detail: 'This key was used for another request. Choose a new one for each creation.',
    },
  },
  'idempotency-key.in-progress': {
    status: 409,
    fr: {
      title: 'Création en cours',
      detail:
        'Une demande avec cette clé est en cours. Réessayez dans quelques secondes\u202f; si cela dure plus d’une minute, vérifiez si l’objet existe avant de le créer avec une autre clé.',
    },
    en: {
      title: 'Creation in progress',
      detail:
        'A request with this key is in progress. Try again in a few seconds; if it lasts over a minute, look whether the thing exists before creating it with another key.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    idempotency: typeof idempotencyErrors;
  }
}
