import type { ErrorDefinitions, FieldTexts } from '@portillon/kernel';

/** What « Mon compte » refuses. */
export const myAccountErrors = {
  'phone.already-verified': {
    status: 409,
    fr: { title: 'Numéro déjà validé', detail: 'Ce numéro est déjà validé : il n’y a rien à faire.' },
    en: {
      title: 'Number already verified',
      detail: 'This number is verified already: there is nothing to do.',
    },
  },
  'password.wrong': {
    status: 422,
    fr: {
      title: 'Mot de passe refusé',
      detail: 'Le mot de passe actuel ne convient pas. Saisissez-le de nouveau.',
    },
    en: { title: 'Password rejected', detail: 'The current password is not right. Enter it again.' },
  },
} as const satisfies ErrorDefinitions;

/** What can be wrong with one field. */
export const myAccountFields = {
  wrong: { fr: 'Cette valeur ne convient pas.', en: 'This value is not right.' },
} as const satisfies FieldTexts;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    myAccount: typeof myAccountErrors;
  }
}
