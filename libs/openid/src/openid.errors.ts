import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of a sign-in that an application requests. */
export const openidErrors = {
  'interaction.expired': {
    status: 404,
    fr: {
      title: 'Demande expirée',
      detail: 'Cette demande de connexion n’est plus valable. Revenez à l’application et recommencez.',
    },
    en: {
      title: 'Request expired',
      detail: 'This sign-in request is no longer valid. Go back to the application and start again.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    openid: typeof openidErrors;
  }
}

/** Errors of applications' requests. */
export const machineErrors = {
  'access-token.rejected': {
    status: 401,
    fr: {
      title: 'Jeton refusé',
      detail:
        'Le jeton n’est pas valable ici\u00a0: expiré, émis pour un autre service, ou d’une application désactivée. Demandez-en un nouveau.',
    },
    en: {
      title: 'Token rejected',
      detail:
        'The token is not good here: expired, made for another service, or of an application that is disabled. Ask for a new one.',
    },
  },
  'scope.insufficient': {
    status: 403,
    fr: {
      title: 'Portée insuffisante',
      detail: 'Le jeton ne comprend pas la portée que cette action demande. WWW-Authenticate la nomme.',
    },
    en: {
      title: 'Insufficient scope',
      detail: 'The token does not have the scope that this act asks for. WWW-Authenticate names it.',
    },
  },
  'requests.exceeded': {
    status: 429,
    fr: {
      title: 'Trop de demandes',
      detail: 'Cette application a fait trop de demandes. Patientez le temps indiqué.',
    },
    en: {
      title: 'Too many requests',
      detail: 'This application made too many requests. Wait for the time shown.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    machine: typeof machineErrors;
  }
}
