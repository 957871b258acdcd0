/** 9 characters: the department, which is 2A or 2B in Corsica, a serial number, a key. */
const FINESS = /^(?:\d{2}|2[AB])\d{7}$/;
const SIRET = /^\d{14}$/;
/** A typed number before {@link plainNumber}: with spaces and dots, in small letters, or empty. */
export const FINESS_TEXT = /^(?:(?:[\s.]*[\dABab]){9})?[\s.]*$/;
export const SIRET_TEXT = /^(?:(?:[\s.]*\d){14})?[\s.]*$/;
const LA_POSTE = '356000000';
const LA_POSTE_HEAD = '35600000000048';

/** The stored form: without spaces, in capitals. */
export function plainNumber(text: string): string {
  return text.replace(/[\s.]/gu, '').toUpperCase();
}

/** Whether the number is a valid FINESS: the last digit is the Luhn key of the others; 2A counts as 21, 2B as 22. */
export function isFiness(number: string): boolean {
  return FINESS.test(number) && luhn(number.replace('A', '1').replace('B', '2'));
}

/**
 * Whether the number is a valid SIRET: Luhn over its 14 digits. La Poste has more establishments than its SIREN has
 * keys: the sum of their digits is a multiple of 5 (INSEE).
 */
export function isSiret(number: string): boolean {
  if (!SIRET.test(number)) return false;
  if (number.startsWith(LA_POSTE) && number !== LA_POSTE_HEAD) return sum(digitsOf(number)) % 5 === 0;
  return luhn(number);
}

function luhn(number: string): boolean {
  const weighed = digitsOf(number)
    .reverse()
    .map((digit, index) => (index % 2 ? digit * 2 : digit))
    .map((product) => (product > 9 ? product - 9 : product));
  return sum(weighed) % 10 === 0;
}

function digitsOf(number: string): number[] {
  return [...number].map(Number);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
