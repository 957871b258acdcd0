import type { StructureFace } from './face/structure-face.types';
import type { StructurePolicy } from './structure.policy';

/** A hospital, a practice, an association whose people sign in. */
export interface Structure {
  id: string;
  name: string;
  /** Its number in the national file of health and social establishments. */
  finess: string | null;
  siret: string | null;
  policy: StructurePolicy;
  face: StructureFace;
  createdAt: Date;
  /** Grows by one with every change. */
  version: number;
}

/** What a structure is registered under. */
export interface StructureDraft {
  name: string;
  finess?: string | null;
  siret?: string | null;
}

export interface StructurePage {
  items: Structure[];
  nextCursor: string | null;
}

export type StructureCreation =
  { status: 'created'; structure: Structure } | { status: 'name-taken' | 'number-taken' };

/** `moved`: it was changed since that version was read, and nothing was overwritten. */
export type StructureEdit = { status: 'edited' | 'moved' | 'missing' | 'name-taken' | 'number-taken' };

export interface StructureName {
  id: string;
  name: string;
}
