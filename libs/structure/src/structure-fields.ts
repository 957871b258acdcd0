import { FINESS_TEXT, isFiness, isSiret, plainNumber, SIRET_TEXT } from './structure-numbers';

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
} satisfies Record<string, RegisteredField>;
const FIELDS = Object.entries<RegisteredField>(registeredFields);

/** Returns only those texts of `from`. */
export function registeredTexts<Texts extends Partial<RegisteredTexts>>(from: Texts) {
  const given = FIELDS.filter(([name]) => from[name as RegisteredFieldName] !== undefined);
  const texts = given.map(([name]) => [name, from[name as RegisteredFieldName]]);
  return Object.fromEntries(texts) as Pick<Texts, RegisteredFieldName & keyof Texts>;
}

/** Returns the stored forms, so that another spelling of the same text is no change. Omitted ones stay omitted. */
export function keptTexts(from: Partial<RegisteredTexts>): Partial<RegisteredTexts> {
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
