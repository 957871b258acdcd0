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
