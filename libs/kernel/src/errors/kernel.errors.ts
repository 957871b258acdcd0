import type { ErrorDefinitions } from './errors.types';

/** Errors common to every library. */
export const kernelErrors = {
  'validation.failed': {
    status: 422,
    fr: {
      title: 'Saisie à corriger',
      detail: 'Une ou plusieurs valeurs ne conviennent pas. Corrigez-les, puis recommencez.',
    },
    en: {
      title: 'Input to correct',
      detail: 'One or more values are not valid. Correct them, then try again.',
    },
  },
  'service.busy': {
    status: 503,
    fr: {
      title: 'Service momentanément indisponible',
      detail:
        'Le service ne peut pas répondre pour l’instant. Rien n’est perdu\u00a0: réessayez dans quelques secondes.',
    },
    en: {
      title: 'Service unavailable for a moment',
      detail: 'The service cannot answer right now. Nothing is lost: try again in a few seconds.',
    },
  },
  internal: {
    status: 500,
    fr: {
      title: 'Erreur inattendue',
      detail:
        'Une erreur est survenue. Réessayez\u202f; si elle se reproduit, communiquez l’identifiant de la demande au support.',
    },
    en: {
      title: 'Unexpected error',
      detail: 'Something went wrong. Try again; if it happens again, give the request id to support.',
    },
  },
} as const satisfies ErrorDefinitions;
