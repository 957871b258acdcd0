import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of authenticator apps. */
export const totpErrors = {
  'totp.rejected': {
    status: 401,
    fr: {
      title: 'Code refusé',
      detail:
        'Ce code n’est pas le bon, ou il a déjà servi. Attendez que votre application affiche le suivant, puis saisissez-le. Si cela se répète, réglez l’heure de votre téléphone sur automatique.',
    },
    en: {
      title: 'Code rejected',
      detail:
        'This is not the right code, or it was used already. Wait until your app shows the next one, then enter it. If it happens again, set the time of your phone to automatic.',
    },
  },
  'totp.exists': {
    status: 409,
    fr: {
      title: 'Application déjà ajoutée',
      detail:
        'Votre compte a déjà une application d’authentification. Supprimez-la d’abord pour en ajouter une autre.',
    },
    en: {
      title: 'App already added',
      detail: 'Your account has an authenticator app already. Delete it first to add another.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    totp: typeof totpErrors;
  }
}
