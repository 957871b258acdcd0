import type { ErrorDefinitions, FieldTexts } from '@portillon/kernel';

/** Errors of imports. */
export const importsErrors = {
  'import.state': {
    status: 409,
    fr: {
      title: 'Sans objet pour cet import',
      detail: 'L’état actuel de cet import ne permet pas cette action. Rechargez sa page.',
    },
    en: {
      title: 'Not for this import as it is',
      detail: 'The present state of this import does not allow this act. Reload its page.',
    },
  },
} as const satisfies ErrorDefinitions;

/** Faults of one field. */
export const importsFields = {
  encoding: {
    fr: 'Le fichier n’est pas un texte lisible\u00a0: enregistrez-le en CSV UTF-8.',
    en: 'The file is not a text that can be read: save it as CSV UTF-8.',
  },
  header: {
    fr: 'La première ligne doit nommer les colonnes\u00a0: identifiant, email et nom.',
    en: 'The first line must name the columns: username, email and name.',
  },
  'not-csv': {
    fr: 'Ce fichier n’est pas un tableau CSV. Ouvrez votre tableau, enregistrez-le au format CSV et choisissez ce fichier-là.',
    en: 'This file is not a CSV table. Open your table, save it as CSV and choose that file.',
  },
  double: {
    fr: 'Une ligne précédente du fichier dit la même chose.',
    en: 'An earlier line of the file says the same.',
  },
} as const satisfies FieldTexts;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    administrationImports: typeof importsErrors;
  }
}
