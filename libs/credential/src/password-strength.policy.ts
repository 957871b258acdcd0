import type { PasswordOptions } from './credential.options';

export type WeaknessReason =
  'too-short' | 'too-long' | 'too-simple' | 'too-common' | 'breached' | 'personal' | 'service-name';

/** zxcvbn's estimate for a password. */
export interface GuessEstimate {
  /** 0 to 4; 4 means at least 10^10 guesses. */
  score: number;
  /** Whether dictionary words make it easy. */
  words: boolean;
}

/** The name found in a password, by the reason that it is. */
export type CarryingNames = Partial<Record<'personal' | 'service-name', string>>;

type LengthRules = Pick<PasswordOptions, 'minLength' | 'minLengthWithFourClasses' | 'maxLength'>;

/** zxcvbn's highest score: even an attacker with the stolen digests cannot guess such a password. */
const LOWEST_SCORE = 4;
/** Shorter names occur in innocent words. */
const SHORTEST_NAME = 4;

/** Whether the text is too long to be examined. Normalisation makes a text at most eight times shorter. */
export function isTooLong(password: string, { maxLength }: Pick<LengthRules, 'maxLength'>): boolean {
  return password.length > 8 * maxLength || characters(password) > maxLength;
}

/** CNIL 2022-100, case 1: long enough for its classes of characters. Seven words always have 14 characters. */
export function lengthReasons(password: string, rules: LengthRules): WeaknessReason[] {
  const length = characters(password);
  if (length < Math.min(rules.minLengthWithFourClasses, rules.minLength)) return ['too-short'];
  if (length < rules.minLength && classes(password.normalize('NFC')) < 4) return ['too-simple'];
  return [];
}

/** ASVS 6.2: not among the first guesses of cracking programs. */
export function guessReasons({ score, words }: GuessEstimate): WeaknessReason[] {
  if (score >= LOWEST_SCORE) return [];
  return [words ? 'too-common' : 'too-simple'];
}

/**
 * ASVS 6.2: no name of the person or the service carries the password. A name counts where the rest is too short alone: a
 * long phrase may contain a common word of a structure's name. Returns the name of each reason, without case and accents.
 */
export function carryingNames(
  password: string,
  personal: readonly string[],
  rules: Pick<PasswordOptions, 'forbiddenWords'> & LengthRules,
): CarryingNames {
  const names = {
    personal: personal.flatMap(namesIn),
    'service-name': rules.forbiddenWords.flatMap(namesIn),
  };
  const rest = Object.values(names).flat().reduce(without, password.normalize('NFKD'));
  if (lengthReasons(rest, rules).length === 0) return {};
  const plain = plainText(password);
  const found = Object.entries(names).map(([code, all]) => [code, all.find((name) => plain.includes(name))]);
  return Object.fromEntries(found.filter(([, name]) => name)) as CarryingNames;
}

/** Removes a name, which has only letters and digits, in any case and with any accents. */
function without(text: string, name: string): string {
  const pattern = [...name].map((letter) => `${letter}\\p{M}*`).join('');
  return text.replace(new RegExp(pattern, 'giu'), '');
}

/** `Claire MARTIN`, `claire.martin@hopital.example` → claire, martin, hopital, example. */
function namesIn(personal: string): string[] {
  return plainText(personal)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((name) => name.length >= SHORTEST_NAME);
}

/** Removes case and accents. */
function plainText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Number of characters as people count them: an accent typed in two ways is one character. */
function characters(password: string): number {
  return [...password.normalize('NFC')].length;
}

/** Number of classes: lower case, upper case, digits, all others. */
function classes(text: string): number {
  const others = /[^\p{Ll}\p{Lu}\p{Nd}]/u;
  return [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, others].filter((one) => one.test(text)).length;
}
