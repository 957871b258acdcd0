import type { PasswordOptions } from './credential.options';
import { piecesOf, plainText } from './password-pieces';

export type WeaknessReason =
  'too-short' | 'too-long' | 'too-simple' | 'too-common' | 'personal' | 'service-name';

export interface PasswordAssessment {
  acceptable: boolean;
  /** Every reason that applies; empty when acceptable. */
  reasons: WeaknessReason[];
}

/** Fewer independent choices than that fall to a guessing program, however long the text. */
const FEWEST_PIECES = 4;
/** Shorter names occur in innocent words. */
const SHORTEST_NAME = 4;

/**
 * Applies the rules of CNIL 2022-100 (case 1) and ASVS 6.2: long enough for its classes, not made of what guessing
 * programs try first, nothing of the person or the service. Seven words always have 14 characters.
 */
export function assessPassword(
  password: string,
  personal: readonly string[],
  options: Pick<PasswordOptions, 'minLength' | 'minLengthWithFourClasses' | 'maxLength' | 'forbiddenWords'>,
): PasswordAssessment {
  if (password.length > 8 * options.maxLength) return refused('too-long');
  const text = password.normalize('NFC');
  const length = [...text].length;
  if (length > options.maxLength) return refused('too-long');
  const reasons = [
    ...lengthReasons(text, length, options),
    ...contentReasons(text, personal, options.forbiddenWords),
  ];
  return { acceptable: reasons.length === 0, reasons };
}

function lengthReasons(
  text: string,
  length: number,
  options: Pick<PasswordOptions, 'minLength' | 'minLengthWithFourClasses'>,
): WeaknessReason[] {
  if (length < Math.min(options.minLengthWithFourClasses, options.minLength)) return ['too-short'];
  if (length < options.minLength && classes(text) < 4) return ['too-simple'];
  return [];
}

function contentReasons(
  text: string,
  personal: readonly string[],
  forbidden: readonly string[],
): WeaknessReason[] {
  const plain = plainText(text);
  const reasons: WeaknessReason[] = [];
  const { cost, words } = piecesOf(text);
  if (cost < FEWEST_PIECES) reasons.push(words ? 'too-common' : 'too-simple');
  if (personal.flatMap(namesIn).some((name) => plain.includes(name))) reasons.push('personal');
  if (forbidden.some((word) => plain.includes(plainText(word)))) reasons.push('service-name');
  return reasons;
}

/** `Claire MARTIN`, `claire.martin@hopital.example` → claire, martin, hopital, example. */
function namesIn(personal: string): string[] {
  return plainText(personal)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((name) => name.length >= SHORTEST_NAME);
}

/** How many of: lower case, upper case, digits, all the rest. */
function classes(text: string): number {
  const others = /[^\p{Ll}\p{Lu}\p{Nd}]/u;
  return [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, others].filter((one) => one.test(text)).length;
}

function refused(reason: WeaknessReason): PasswordAssessment {
  return { acceptable: false, reasons: [reason] };
}
