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
export function csvLocaleOf(cell: string): string {
  return LOCALE_OF.get(plain(cell)) ?? cell.toLowerCase();
}

function roleOf(word: string): string {
  return ROLE_OF.get(plain(word)) ?? word.toLowerCase();
}

function codesByWord(words: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(words).flatMap(([code, all]) => all.map((word) => [word, code] as const)));
}

/** A name without case, accents, spaces and marks. */
export function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
