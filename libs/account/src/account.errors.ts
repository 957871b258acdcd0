import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of a mobile number. */
export const accountErrors = {
  'phone.invalid': {
    status: 422,
    fr: {
      title: 'Numéro incorrect',
      detail: 'Ce numéro de téléphone n’existe pas. Vérifiez-le, par exemple\u00a0: 06 12 34 56 78.',
    },
    en: {
      title: 'Wrong number',
      detail: 'This phone number does not exist. Check it, for example: 06 12 34 56 78.',
    },
  },
  'phone.not-mobile': {
    status: 422,
    fr: {
      title: 'Numéro non mobile',
      detail: 'Ce numéro n’est pas celui d’un téléphone portable. Indiquez un numéro qui reçoit des SMS.',
    },
    en: {
      title: 'Not a mobile number',
      detail: 'This is not the number of a mobile phone. Give one that receives text messages.',
    },
  },
  'phone.country-not-allowed': {
    status: 422,
    fr: {
      title: 'Pays non pris en charge',
      detail: 'Les SMS ne sont envoyés qu’aux numéros de France métropolitaine et d’outre-mer.',
    },
    en: {
      title: 'Country not supported',
      detail: 'Text messages are sent only to numbers of mainland and overseas France.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    account: typeof accountErrors;
  }
}
