import type { ErrorDefinitions, FieldTexts } from '@portillon/kernel';

/** Errors of a password. */
export const credentialErrors = {
  'password.weak': {
    status: 422,
    fr: {
      title: 'Mot de passe trop faible',
      detail:
        'Choisissez 12 caractères de 4 sortes, ou 14 caractères, ou 7 mots, sans mot de passe courant ni votre nom.',
    },
    en: {
      title: 'Password too weak',
      detail:
        'Choose 12 characters of 4 kinds, or 14 characters, or 7 words; no common password, not your name.',
    },
  },
} as const satisfies ErrorDefinitions;

/** Errors of one field. */
export const credentialFields = {
  'too-short': { fr: 'Ce mot de passe est trop court.', en: 'This password is too short.' },
  'too-simple': {
    fr: 'Ce mot de passe est trop simple\u00a0: ajoutez des sortes de caractères ou de la longueur.',
    en: 'This password is too simple: add kinds of characters or length.',
  },
  'too-common': {
    fr: 'Ce mot de passe figure parmi les plus courants ou a fuité.',
    en: 'This password is among the most common or has leaked.',
  },
  breached: {
    fr: 'Ce mot de passe figure dans une fuite de données connue\u00a0: choisissez-en un autre, et changez-le partout où vous l’utilisez.',
    en: 'This password is in a known data breach: choose another one, and change it wherever you use it.',
  },
  personal: {
    fr: 'Sans «\u00a0{word}\u00a0», un mot de votre nom, de votre adresse ou du nom de votre structure, ce mot de passe est trop court.',
    en: 'Without “{word}”, a word of your name, your address or the name of your organisation, this password is too short.',
  },
  'service-name': {
    fr: 'Sans «\u00a0{word}\u00a0», un mot du nom du service, de son exploitant ou de son adresse, ce mot de passe est trop court.',
    en: 'Without “{word}”, a word of the name of the service, of its operator or of its address, this password is too short.',
  },
} as const satisfies FieldTexts;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    credential: typeof credentialErrors;
  }
}
