import type { ErrorDefinitions } from '@portillon/kernel';

/** The answers to a proxy, and to the program behind it. */
export const gateErrors = {
  'gate.unreadable': {
    status: 401,
    fr: {
      title: 'Demande illisible',
      detail:
        'La demande transmise par le serveur de l’application ne peut pas être lue sans équivoque, ou ce serveur n’est pas connu.',
    },
    en: {
      title: 'Unreadable request',
      detail:
        'The request that the application’s server passed on cannot be read without ambiguity, or that server is not known.',
    },
  },
  'gate.level-required': {
    status: 401,
    fr: {
      title: 'Connexion plus forte requise',
      detail: 'Cette page demande une connexion plus forte ou plus récente.',
    },
    en: {
      title: 'A stronger sign-in is required',
      detail: 'This page asks for a stronger or more recent sign-in.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    gate: typeof gateErrors;
  }
}
