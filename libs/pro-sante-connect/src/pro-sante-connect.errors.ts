import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of Pro Santé Connect. */
export const proSanteConnectErrors = {
  'identity.rejected': {
    status: 401,
    fr: {
      title: 'Identité non confirmée',
      detail:
        'Pro Santé Connect n’a pas confirmé votre identité. Recommencez ou choisissez un autre moyen de connexion.',
    },
    en: {
      title: 'Identity not confirmed',
      detail: 'Pro Santé Connect did not confirm who you are. Try again or choose another way to sign in.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    proSanteConnect: typeof proSanteConnectErrors;
  }
}
