import type { AdminStructure } from '../../../api/types';
import type { Choice } from '../shared/SearchPicker.vue';

/** A text field of a structure besides its name; `administration.fields` has its label and help. */
type Position = 'kind' | 'parentId' | 'parentName';
type RegisteredField = Exclude<keyof AdminStructure, 'id' | 'name' | 'createdAt' | 'version' | Position>;
interface RegisteredInput {
  maxlength: number;
  inputmode?: 'numeric';
}

/** In display order. The compiler reports a missing field of the API. */
export const REGISTERED: Record<RegisteredField, RegisteredInput> = {
  finess: { maxlength: 32 },
  siret: { maxlength: 32, inputmode: 'numeric' },
  address: { maxlength: 200 },
};
const REGISTERED_FIELDS = Object.keys(REGISTERED) as RegisteredField[];

type TextName = RegisteredField | 'name';
export type StructureField = TextName | 'kind' | 'parent';
export interface StructureFields extends Record<TextName, string> {
  kind: AdminStructure['kind'];
  /** The grouping that it is part of. */
  parent: Choice | null;
}
export const STRUCTURE_TEXTS: readonly TextName[] = ['name', ...REGISTERED_FIELDS];
export const STRUCTURE_FIELDS: readonly StructureField[] = [...STRUCTURE_TEXTS, 'kind', 'parent'];

/** Maps each field by `text`. */
const each = <Text>(text: (field: RegisteredField) => Text) =>
  Object.fromEntries(REGISTERED_FIELDS.map((field) => [field, text(field)])) as Record<RegisteredField, Text>;

/** Initial values of the form. */
export function fieldsOf(structure?: AdminStructure): StructureFields {
  const { name = '', kind = 'establishment', parentId, parentName } = structure ?? {};
  const parent = parentId ? { id: parentId, name: parentName ?? parentId } : null;
  return { name, kind, parent, ...each((field) => structure?.[field] ?? '') };
}

/** Required fields of a structure: a name, and one of its two numbers unless it is a grouping. */
export function missingIn({ name, kind, finess, siret }: StructureFields): StructureField[] {
  const missing: StructureField[] = name.trim() ? [] : ['name'];
  return kind === 'grouping' || finess.trim() || siret.trim() ? missing : [...missing, 'finess'];
}

/** Converts to the API's format: null instead of an empty text. */
export function structureBody(fields: StructureFields) {
  const { kind, parent } = fields;
  return {
    name: fields.name.trim(),
    kind,
    parentId: parent?.id ?? null,
    ...each((field) => fields[field].trim() || null),
  };
}
