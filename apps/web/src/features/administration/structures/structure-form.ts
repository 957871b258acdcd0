import type { AdminStructure } from '../../../api/types';

/** A text that a structure is registered under, beside its name: its label and its help are `administration.fields`. */
type RegisteredField = Exclude<keyof AdminStructure, 'id' | 'name' | 'createdAt' | 'version'>;
interface RegisteredInput {
  maxlength: number;
  inputmode?: 'numeric';
}

/** In the order of the form. One that the API has, and that is missing here, does not compile. */
export const REGISTERED: Record<RegisteredField, RegisteredInput> = {
  finess: { maxlength: 32 },
  siret: { maxlength: 32, inputmode: 'numeric' },
};
const REGISTERED_FIELDS = Object.keys(REGISTERED) as RegisteredField[];

export type StructureField = RegisteredField | 'name';
export type StructureFields = Record<StructureField, string>;
export const STRUCTURE_FIELDS: readonly StructureField[] = ['name', ...REGISTERED_FIELDS];

/** Each of the registered fields by what `text` makes of it. */
const each = <Text>(text: (field: RegisteredField) => Text) =>
  Object.fromEntries(REGISTERED_FIELDS.map((field) => [field, text(field)])) as Record<RegisteredField, Text>;

/** What the form begins with. */
export function fieldsOf(structure?: AdminStructure): StructureFields {
  return { name: structure?.name ?? '', ...each((field) => structure?.[field] ?? '') };
}

/** The required fields of a structure: a name, and one of its two numbers. */
export function missingIn({ name, finess, siret }: StructureFields): StructureField[] {
  const missing: StructureField[] = name.trim() ? [] : ['name'];
  return finess.trim() || siret.trim() ? missing : [...missing, 'finess'];
}

/** As the API takes it: nothing rather than an empty text. */
export function structureBody(fields: StructureFields) {
  return { name: fields.name.trim(), ...each((field) => fields[field].trim() || null) };
}
