import { canonicalNationalId, fullName } from '@portillon/account';
import type { ImportContent } from '@portillon/account';
import { AppError } from '@portillon/kernel';

/** The accepted texts of each role: its code, and its names in the pages and exports, in both languages. */
const ROLE_WORDS: Readonly<Record<string, readonly string[]>> = {
  professional: ['professionnel', 'professionnelle', 'professionneldesante', 'professional'],
  'structure-admin': [
    'structureadmin',
    'administrateurdelastructure',
    'administratricedelastructure',
    'administrateurdestructure',
    'administratoroftheorganisation',
    'organisationadministrator',
  ],
  'national-admin': [
    'nationaladmin',
    'administrateurnational',
    'administratricenationale',
    'nationaladministrator',
  ],
  auditor: ['auditeur', 'auditrice'],
};
const LOCALE_WORDS: Readonly<Record<string, readonly string[]>> = {
  fr: ['fr', 'francais', 'french'],
  en: ['en', 'anglais', 'english'],
};
const ROLE_OF = codesByWord(ROLE_WORDS);
const LOCALE_OF = codesByWord(LOCALE_WORDS);
const BETWEEN = /[,|+]+/u;
const SPACE = /\s+/u;

/** The roles of a cell. An unknown word stays unchanged, so that the check can report it. */
export function rolesOf(cell: string): string[] {
  return cell.split(BETWEEN).flatMap((part) => {
    const whole = ROLE_OF.get(plain(part));
    // `professional structure-admin`: codes stand beside each other in the exports for machines.
    return whole ? [whole] : part.trim().split(SPACE).filter(Boolean).map(roleOf);
  });
}

/** The language of a cell, or what stands there. */
function csvLocaleOf(cell: string): string {
  return LOCALE_OF.get(plain(cell)) ?? cell.toLowerCase();
}

function roleOf(word: string): string {
  return ROLE_OF.get(plain(word)) ?? word.toLowerCase();
}

function codesByWord(words: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(words).flatMap(([code, all]) => all.map((word) => [word, code] as const)));
}

/** A name without case, accents, spaces and marks. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** A column of a file of accounts; a move-in reads all of them, an import the first nine. */
export type ImportColumn =
  | 'username'
  | 'email'
  | 'displayName'
  | 'firstName'
  | 'lastName'
  | 'roles'
  | 'structure'
  | 'locale'
  | 'nationalId'
  | 'passwordDigest'
  | 'phone'
  | 'phoneVerifiedAt'
  | 'preferredChannel'
  | 'lastSignInAt'
  | 'memberships';

/** The text of a column in one line; empty where it has none. */
export type CellReader = (column: ImportColumn) => string;

/** The accepted names of columns, in both languages; case, accents and spaces do not matter. */
const NAMES: Record<ImportColumn, readonly string[]> = {
  username: ['username', 'user', 'login', 'identifiant', 'nomdutilisateur', 'utilisateur'],
  email: ['email', 'mail', 'courriel', 'adressemail', 'adresseemail', 'adresseelectronique'],
  displayName: ['displayname', 'name', 'fullname', 'nomaffiche', 'nomcomplet', 'nometprenom', 'prenometnom'],
  firstName: ['firstname', 'prenom'],
  lastName: ['lastname', 'nom', 'nomdefamille'],
  roles: ['role', 'roles'],
  structure: ['structure', 'etablissement', 'finess', 'siret'],
  locale: ['locale', 'language', 'langue'],
  nationalId: ['nationalid', 'idnat', 'idnatps', 'rpps', 'identifiantnational', 'numerorpps'],
  passwordDigest: ['passworddigest', 'digest', 'empreinte', 'empreintedumotdepasse'],
  phone: ['phone', 'mobile', 'mobilephone', 'telephone', 'telephonemobile', 'portable'],
  phoneVerifiedAt: ['phoneverifiedat', 'telephoneverifiele', 'numerovalidele'],
  preferredChannel: ['preferredchannel', 'canalprefere'],
  lastSignInAt: ['lastsigninat', 'lastsignin', 'derniereconnexion'],
  memberships: ['memberships', 'rattachements'],
};
const BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([column, names]) =>
    names.map((name) => [name, column as ImportColumn] as const),
  ),
);
const SEPARATORS = [';', ',', '\t'];
/** The character that a spreadsheet puts before a cell that is not a formula; our exports do so too. */
const NO_FORMULA = /^'(?=\s*[=+\-@])/u;

/** Longer than any field, so that a truncated cell is still refused: thousands of accents take long to sort. */
const LONGEST_CELL = 512;

/** The separator of the first line: the most frequent one outside quotes. */
export function separatorOf(line: string): string {
  const bare = line.replace(/"[^"]*"/gu, '');
  const counts = SEPARATORS.map((one) => [one, bare.split(one).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/** Which column is where. @throws AppError `validation.failed` when those that are needed are not named. */
export class CsvColumns {
  readonly #places: ReadonlyMap<ImportColumn, number>;

  constructor(header: readonly string[]) {
    const places = header.map((cell, index) => [BY_NAME.get(plain(cell)), index] as const);
    this.#places = new Map(places.filter((pair): pair is [ImportColumn, number] => pair[0] !== undefined));
    const named = this.#places.has('displayName') || this.#places.has('lastName');
    if (!this.#places.has('username') || !this.#places.has('email') || !named) throw headerMissing();
  }

  read(cells: readonly string[]): ImportContent {
    return importContentOf(this.reader(cells));
  }

  reader(cells: readonly string[]): CellReader {
    return (column) => {
      const place = this.#places.get(column);
      return boundedCell(place === undefined ? '' : (cells[place] ?? '').replace(NO_FORMULA, ''));
    };
  }
}

/** One cell, long enough that the check of its field still refuses a text that was cut. */
export function boundedCell(text: string): string {
  return text.trim().slice(0, LONGEST_CELL);
}

/** The account to be of one line, as written: roles and language by their names in both languages. */
export function importContentOf(cell: CellReader): ImportContent {
  const roles = rolesOf(cell('roles'));
  const locale = csvLocaleOf(cell('locale'));
  const [structure, nationalId] = [cell('structure'), cell('nationalId')];
  const [givenName, familyName] = [cell('firstName'), cell('lastName')];
  return {
    username: cell('username'),
    email: cell('email'),
    displayName: cell('displayName') || fullName({ givenName, familyName }),
    // A surname alone may be the whole name of a person.
    ...(givenName && familyName && { givenName, familyName }),
    ...(roles.length > 0 && { roles }),
    ...(locale && { locale: locale as 'fr' | 'en' }),
    ...(structure && { structure }),
    ...(nationalId && { nationalId: canonicalNationalId(nationalId) }),
  };
}

function headerMissing(): AppError {
  const errors = [{ field: 'file', code: 'header', message: '' }];
  return new AppError('validation.failed', { errors });
}
