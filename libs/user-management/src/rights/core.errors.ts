import type { ErrorDefinitions, FieldTexts } from '@portillon/kernel';

/** Errors of every part of « Administration ». */
export const coreErrors = {
  'act.on-self': {
    status: 409,
    fr: {
      title: 'Impossible sur votre propre compte',
      detail:
        'Cette action ne peut pas être faite sur votre propre compte. Demandez-la à un autre administrateur.',
    },
    en: {
      title: 'Not on your own account',
      detail: 'This act cannot be done on your own account. Ask another administrator.',
    },
  },
  'account.state': {
    status: 409,
    fr: {
      title: 'Sans objet pour ce compte',
      detail: 'L’état actuel de ce compte ne permet pas cette action. Rechargez la page du compte.',
    },
    en: {
      title: 'Not for this account as it is',
      detail: 'The present state of this account does not allow this act. Reload the page of the account.',
    },
  },
} as const satisfies ErrorDefinitions;

/** Faults of one field. */
export const coreFields = {
  taken: { fr: 'Cette valeur est déjà prise.', en: 'This value is taken already.' },
} as const satisfies FieldTexts;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    administration: typeof coreErrors;
  }
}
