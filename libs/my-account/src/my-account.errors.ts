import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of « Mon compte ». */
export const myAccountErrors = {
  'phone.already-verified': {
    status: 409,
    fr: { title: 'Numéro déjà validé', detail: 'Ce numéro est déjà validé\u00a0: il n’y a rien à faire.' },
    en: {
      title: 'Number already verified',
      detail: 'This number is verified already: there is nothing to do.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    myAccount: typeof myAccountErrors;
  }
}
