import { FINESS_TEXT, isFiness, isSiret, plainNumber, SIRET_TEXT } from './structure-numbers';

/** A text that a structure is registered under, beside its name. */
export interface RegisteredField {
  /** As people type it, and how long that may be. */
  text: RegExp;
  maxLength: number;
  example: string;
  /** For integrators, who register a structure. */
  description?: string;
  /** As it is kept; empty: it has none. */
  kept(text: string): string;
  isValid(kept: string): boolean;
}

/** Room for the spaces that people put between digits. */
const NUMBER_LENGTH = 32;

/** Each of these texts: the API, the configuration and the service read them here. The columns are in the entity. */
export const registeredFields = {
  finess: {
    text: FINESS_TEXT,
    maxLength: NUMBER_LENGTH,
    example: '750712184',
    description: 'It or the SIRET.',
    kept: plainNumber,
    isValid: isFiness,
  },
  siret: {
    text: SIRET_TEXT,
    maxLength: NUMBER_LENGTH,
    example: '26750045200011',
    kept: plainNumber,
    isValid: isSiret,
  },
} as const satisfies Record<string, RegisteredField>;

export type RegisteredFieldName = keyof typeof registeredFields;
/** Null: it has none. */
export type RegisteredTexts = Record<RegisteredFieldName, string | null>;

const NAMES = Object.keys(registeredFields) as RegisteredFieldName[];

/** Those texts of `from`, and nothing else of it. */
export function registeredTexts<Texts extends Partial<RegisteredTexts>>(
  from: Texts,
): Pick<Texts, RegisteredFieldName & keyof Texts> {
  const told = NAMES.filter((name) => from[name] !== undefined);
  return Object.fromEntries(told.map((name) => [name, from[name]])) as Pick<
    Texts,
    RegisteredFieldName & keyof Texts
  >;
}

/** As they are kept, so that the same text in another spelling changes nothing. What is left out is left out. */
export function keptTexts(from: Partial<RegisteredTexts>): Partial<RegisteredTexts> {
  const kept = (name: RegisteredFieldName, text: string | null | undefined) =>
    text ? registeredFields[name].kept(text) || null : null;
  return Object.fromEntries(
    Object.entries(registeredTexts(from)).map(([name, text]) => [
      name,
      kept(name as RegisteredFieldName, text),
    ]),
  );
}

/** Which of them, as they are kept, can be what they stand for. */
export function validTexts(kept: Partial<RegisteredTexts>): Record<string, boolean> {
  const isValid = (name: RegisteredFieldName) => !kept[name] || registeredFields[name].isValid(kept[name]);
  return Object.fromEntries(NAMES.map((name) => [name, isValid(name)]));
}
