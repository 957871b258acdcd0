/** 9 characters: the department, which is 2A or 2B in Corsica, a serial number, a key. */
const FINESS = /^(?:\d{2}|2[AB])\d{7}$/;
const SIRET = /^\d{14}$/;
/** A typed number before {@link plainNumber}: with spaces and dots, in small letters, or empty. */
export const FINESS_TEXT = /^(?:(?:[\s.]*[\dABab]){9})?[\s.]*$/;
export const SIRET_TEXT = /^(?:(?:[\s.]*\d){14})?[\s.]*$/;
const ADDRESS_LENGTH = 200;
/** One line, by code points as the API has it: not every reader of the OpenAPI document supports `\p{Cc}`. */
// eslint-disable-next-line no-control-regex -- these are the characters to refuse
const ADDRESS_TEXT = /^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$/;
const LA_POSTE = '356000000';
const LA_POSTE_HEAD = '35600000000048';

/** A registered text of a structure, beside its name. */
export interface RegisteredField {
  /** Pattern of the typed text. */
  text: RegExp;
  maxLength: number;
  example: string;
  /** Description for integrators, who register a structure. */
  description?: string;
  /** Returns the stored form; empty: none. */
  kept(text: string): string;
  isValid(kept: string): boolean;
}

export type RegisteredFieldName = keyof typeof registeredFields;

/** Null: none. */
export type RegisteredTexts = Record<RegisteredFieldName, string | null>;

/** Allows for spaces between digits. */
const NUMBER = { maxLength: 32, kept: plainNumber };

/** Definitions of these texts for the API, the configuration and the service. The columns are in the entity. */
export const registeredFields = {
  finess: {
    ...NUMBER,
    text: FINESS_TEXT,
    example: '750712184',
    description: 'FINESS number; required without a SIRET.',
    isValid: isFiness,
  },
  siret: { ...NUMBER, text: SIRET_TEXT, example: '26750045200011', isValid: isSiret },
  address: {
    maxLength: ADDRESS_LENGTH,
    text: ADDRESS_TEXT,
    example: '12 quai des Trois Dames, 33000 Bordeaux',
    description: 'Postal address, on one line.',
    kept: (text) => text.trim(),
    isValid: (kept) => ADDRESS_TEXT.test(kept) && kept.length <= ADDRESS_LENGTH,
  },
} satisfies Record<string, RegisteredField>;

const FIELDS = Object.entries<RegisteredField>(registeredFields);

/** Returns only those texts of `from`. */
export function registeredTexts<Texts extends Partial<RegisteredTexts>>(from: Texts) {
  const given = FIELDS.filter(([name]) => from[name as RegisteredFieldName] !== undefined);
  const texts = given.map(([name]) => [name, from[name as RegisteredFieldName]]);
  return Object.fromEntries(texts) as Pick<Texts, RegisteredFieldName & keyof Texts>;
}

/** Returns the stored forms, so that another spelling of the same text is no change. Omitted ones stay omitted. */
export function storedTexts(from: Partial<RegisteredTexts>): Partial<RegisteredTexts> {
  const texts = Object.entries<string | null>(registeredTexts(from));
  return Object.fromEntries(
    texts.map(([name, text]) => [
      name,
      (text && registeredFields[name as RegisteredFieldName].kept(text)) || null,
    ]),
  );
}

/** For each stored text, whether it is valid for its field. */
export function validTexts(kept: Partial<RegisteredTexts>): Record<string, boolean> {
  const isValid = (field: RegisteredField, text: string | null | undefined) => !text || field.isValid(text);
  return Object.fromEntries(
    FIELDS.map(([name, field]) => [name, isValid(field, kept[name as RegisteredFieldName])]),
  );
}

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
