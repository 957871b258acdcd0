export interface StructureFields {
  name: string;
  finess: string;
  siret: string;
}
export type StructureField = keyof StructureFields;
export const STRUCTURE_FIELDS: readonly StructureField[] = ['name', 'finess', 'siret'];

/** What a structure cannot be registered without: a name, and one of its two numbers. */
export function missingIn({ name, finess, siret }: StructureFields): StructureField[] {
  const missing: StructureField[] = name.trim() ? [] : ['name'];
  return finess.trim() || siret.trim() ? missing : [...missing, 'finess'];
}

/** As the API takes it: nothing rather than an empty number. */
export function structureBody({ name, finess, siret }: StructureFields) {
  return { name: name.trim(), finess: finess.trim() || null, siret: siret.trim() || null };
}
