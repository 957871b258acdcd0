import type { AdminStructure } from '../../../api/types';

/** A text field of a structure besides its name; `administration.fields` has its label and help. */
type RegisteredField = Exclude<keyof AdminStructure, 'id' | 'name' | 'createdAt' | 'version'>;
interface RegisteredInput {
  maxlength: number;
  inputmode?: 'numeric';
}

/** In display order. The compiler reports a missing field of the API. */
export const REGISTERED: Record<RegisteredField, RegisteredInput> = {
  finess: { maxlength: 32 },
  siret: { maxlength: 32, inputmode: 'numeric' },
};
const REGISTERED_FIELDS = Object.keys(REGISTERED) as RegisteredField[];

export type StructureField = RegisteredField | 'name';
export type StructureFields = Record<StructureField, string>;
export const STRUCTURE_FIELDS: readonly StructureField[] = ['name', ...REGISTERED_FIELDS];

/** Maps each field by `text`. */
const each = <Text>(text: (field: RegisteredField) => Text) =>
  Object.fromEntries(REGISTERED_FIELDS.map((field) => [field, text(field)])) as Record<RegisteredField, Text>;

/** Initial values of the form. */
export function fieldsOf(structure?: AdminStructure): StructureFields {
  return { name: structure?.name ?? '', ...each((field) => structure?.[field] ?? '') };
}

/** Required fields of a structure: a name, and one of its two numbers. */
export function missingIn({ name, finess, siret }: StructureFields): StructureField[] {
  const missing: StructureField[] = name.trim() ? [] : ['name'];
  return finess.trim() || siret.trim() ? missing : [...missing, 'finess'];
}

/** Converts to the API's format: null instead of an empty text. */
export function structureBody(fields: StructureFields) {
  return { name: fields.name.trim(), ...each((field) => fields[field].trim() || null) };
}
