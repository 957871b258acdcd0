import type { Locale } from '@portillon/kernel';

/** `fault`: the file is not read further, and nothing was done. `warning`: the person is taken all the same. */
type Severity = 'fault' | 'refused' | 'skipped' | 'warning';

const NEVER_GIVEN = 'Nothing was done.';
const RIEN = 'Rien n’a été fait.';

/** Every sentence about a line of a file that moves in; `{of}` is a field, a line, a name or a format. */
const REASONS = {
  'not-text': [
    'fault',
    `Le fichier n’est pas un texte UTF-8. ${RIEN}`,
    `The file is not a text in UTF-8. ${NEVER_GIVEN}`,
  ],
  'long-line': ['fault', `La ligne est trop longue. ${RIEN}`, `The line is too long. ${NEVER_GIVEN}`],
  csv: ['fault', `Le tableau CSV est mal formé. ${RIEN}`, `The CSV table is malformed. ${NEVER_GIVEN}`],
  header: [
    'fault',
    `La première ligne doit nommer les colonnes\u00a0: identifiant, email et nom. ${RIEN}`,
    `The first line must name the columns: username, email and name. ${NEVER_GIVEN}`,
  ],
  json: ['fault', `Ce n’est pas du JSON valable. ${RIEN}`, `This is not valid JSON. ${NEVER_GIVEN}`],
  'json-object': ['fault', `Un objet JSON est attendu. ${RIEN}`, `A JSON object is expected. ${NEVER_GIVEN}`],
  'no-users': [
    'fault',
    `L’export de Keycloak n’a pas de tableau «\u00a0users\u00a0». ${RIEN}`,
    `The export of Keycloak has no array “users”. ${NEVER_GIVEN}`,
  ],
  'cut-off': [
    'fault',
    `Le fichier est coupé avant sa fin. ${RIEN}`,
    `The file is cut off before its end. ${NEVER_GIVEN}`,
  ],
  ldif: ['fault', `La ligne n’est pas du LDIF. ${RIEN}`, `The line is not LDIF. ${NEVER_GIVEN}`],
  'ldif-change': [
    'fault',
    `Le fichier LDIF contient des modifications, non un annuaire. ${RIEN}`,
    `The LDIF file has changes, and no directory. ${NEVER_GIVEN}`,
  ],
  'ldif-url': [
    'fault',
    `Une valeur LDIF renvoie à un autre fichier, qui n’est jamais lu. ${RIEN}`,
    `A value of the LDIF refers to another file, which is never read. ${NEVER_GIVEN}`,
  ],
  map: [
    'fault',
    `Une ligne du fichier des structures a deux colonnes\u00a0: le groupe, puis la structure. ${RIEN}`,
    `A line of the file of structures has two columns: the group, then the structure. ${NEVER_GIVEN}`,
  ],
  field: ['refused', 'Le champ «\u00a0{of}\u00a0» n’est pas valable.', 'The field “{of}” is not valid.'],
  key: ['refused', 'Le champ «\u00a0{of}\u00a0» n’existe pas.', 'There is no field “{of}”.'],
  role: [
    'refused',
    'Un emménagement ne donne pas le rôle «\u00a0{of}\u00a0».',
    'A move-in does not give the role “{of}”.',
  ],
  structure: [
    'refused',
    'Aucune structure «\u00a0{of}\u00a0» n’est enregistrée.',
    'No organisation “{of}” is registered.',
  ],
  'structure-needed': ['refused', 'Ce rôle demande une structure.', 'This role needs an organisation.'],
  'double-username': ['refused', 'La ligne {of} a le même identifiant.', 'Line {of} has the same user name.'],
  'double-national-id': [
    'refused',
    'La ligne {of} a le même identifiant national (RPPS).',
    'Line {of} has the same national identifier (RPPS).',
  ],
  homonym: [
    'refused',
    'Une autre personne a déjà cet identifiant.',
    'Another person has this user name already.',
  ],
  unchanged: [
    'skipped',
    'Le compte existe déjà\u00a0: rien ne change.',
    'The account exists already: nothing changes.',
  ],
  closed: ['skipped', 'Le compte existe et il est fermé.', 'The account exists and is closed.'],
  disabled: [
    'skipped',
    'Le compte était bloqué dans l’ancien service.',
    'The account was disabled in the former service.',
  ],
  machine: ['skipped', 'C’est le compte d’une application.', 'This is the account of an application.'],
  membership: ['warning', 'Rattachement ajouté\u00a0: {of}.', 'Membership added: {of}.'],
  'shared-email': [
    'warning',
    'La ligne {of} a la même adresse e-mail.',
    'Line {of} has the same mail address.',
  ],
  'shared-phone': [
    'warning',
    'La ligne {of} a le même numéro, qui n’est donc pas repris.',
    'Line {of} has the same number, which is therefore not taken.',
  ],
  phone: [
    'warning',
    'Le numéro n’est pas celui d’un mobile accepté\u00a0: il n’est pas repris.',
    'The number is not of an accepted mobile phone: it is not taken.',
  ],
  'phone-unproved': [
    'warning',
    'La preuve du numéro n’est pas reprise\u00a0: sa date est à venir.',
    'The proof of the number is not taken: its date is in the future.',
  ],
  'phone-forbidden': [
    'warning',
    'La preuve du numéro n’est pas reprise\u00a0: la structure interdit les SMS.',
    'The proof of the number is not taken: the organisation forbids SMS.',
  ],
  'unknown-format': [
    'warning',
    'L’empreinte du mot de passe est d’un format inconnu\u00a0: la personne sera invitée.',
    'The format of the password digest is unknown: the person is to be invited.',
  ],
  malformed: [
    'warning',
    'L’empreinte du mot de passe ({of}) est mal formée\u00a0: la personne sera invitée.',
    'The password digest ({of}) is malformed: the person is to be invited.',
  ],
  'too-costly': [
    'warning',
    'L’empreinte du mot de passe ({of}) a des paramètres trop coûteux\u00a0: la personne sera invitée.',
    'The parameters of the password digest ({of}) are too costly: the person is to be invited.',
  ],
  temporary: [
    'warning',
    'Le mot de passe était à changer\u00a0: la personne sera invitée.',
    'The password was to be changed: the person is to be invited.',
  ],
  group: [
    'warning',
    'Le groupe «\u00a0{of}\u00a0» n’a pas de structure.',
    'The group “{of}” has no organisation.',
  ],
} as const satisfies Record<string, readonly [Severity, fr: string, en: string]>;

/** Name of a sentence about a line. */
export type MoveInCode = keyof typeof REASONS;

/** A sentence about a line; `of`: the field, the other line, the name or the format that it is about. */
export interface MoveInReason {
  code: MoveInCode;
  of?: string | number;
}

export function severityOf({ code }: MoveInReason): Severity {
  return REASONS[code][0];
}

export function moveInText({ code, of = '?' }: MoveInReason, locale: Locale): string {
  return REASONS[code][locale === 'fr' ? 1 : 2].replace('{of}', () => String(of));
}

/** The file cannot be read from this line on. */
export class MoveInFault extends Error {
  constructor(
    readonly line: number,
    readonly code: MoveInCode,
  ) {
    super(`line ${line}: ${moveInText({ code }, 'en')}`);
  }
}
