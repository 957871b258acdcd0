import { AppError, FieldTexts } from '@portillon/kernel';

/** Faults of one entry of a configuration. */
export const configurationFields = {
  repeated: {
    fr: 'Une autre entrée du fichier désigne déjà le même objet.',
    en: 'Another entry of the file already describes the same item.',
  },
  ambiguous: {
    fr: 'Plusieurs webhooks de cette structure portent ce nom\u00a0: renommez-en un d’abord.',
    en: 'Several webhooks of this structure have this name: rename one first.',
  },
  fixed: {
    fr: 'Cette valeur ne change jamais\u00a0: faites-en un autre, et désactivez celui-ci.',
    en: 'This value never changes: make another one, and disable this one.',
  },
  'structure-unknown': {
    fr: 'Aucune structure n’a ce FINESS, ce SIRET ou ce nom.',
    en: 'No structure has this FINESS, this SIRET or this name.',
  },
  'administrator-role': {
    fr: 'Il y faut structure-admin, national-admin ou auditor.',
    en: 'structure-admin, national-admin or auditor is needed here.',
  },
  'account-closed': {
    fr: 'Ce compte est désactivé\u00a0: réactivez-le, ou retirez-le du fichier.',
    en: 'This account is deactivated: reactivate it, or take it out of the file.',
  },
  'secret-missing': {
    fr: 'Cette référence ne désigne rien qui soit défini.',
    en: 'This reference names nothing that is set.',
  },
  'secret-form': {
    fr: 'Forme attendue\u00a0: un secret de «\u00a0portillon application secret\u00a0» ou, pour un webhook, whsec_ et 32 à 64 signes de base64.',
    en: 'Expected form: a secret of “portillon application secret” or, for a webhook, whsec_ and 32 to 64 characters of base64.',
  },
  'secret-of-method': {
    fr: 'Cette application ne se prouve pas par un secret (authMethod).',
    en: 'This application does not prove itself by a secret (authMethod).',
  },
  'secret-taken': {
    fr: 'Une autre application a déjà ce secret\u00a0: donnez à chacune le sien.',
    en: 'Another application has this secret already: give each its own.',
  },
  'secrets-exceeded': {
    fr: 'Deux secrets sont déjà en service\u00a0: mettez fin à l’un d’eux.',
    en: 'Two secrets are in use already: end one of them.',
  },
} as const satisfies FieldTexts;

export type ConfigurationFieldCode = keyof typeof configurationFields;

export function wrongEntry(field: string, code: ConfigurationFieldCode): AppError {
  return new AppError('validation.failed', { errors: [{ field, code, message: '' }] });
}

/**
 * Runs a part of an entry, whose refusal then names its fields from `place` on.
 * @throws AppError as `work` does
 */
export async function at<Result>(place: string, work: () => Promise<Result> | Result): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AppError && error.errors ? placed(error, place) : error;
  }
}

function placed(error: AppError, place: string): AppError {
  const errors = error.errors!.map((one) => ({
    ...one,
    field: [place, one.field].filter(Boolean).join('.'),
  }));
  return new AppError(error.code, { errors });
}
