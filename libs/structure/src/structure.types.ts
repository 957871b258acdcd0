import type { StructureBranding } from './branding/structure-branding.service';
import type { RegisteredTexts } from './structure-fields';
import type { StructurePolicy } from './structure.policy';

/** A hospital, a practice, an association whose people sign in. */
export interface Structure extends RegisteredTexts {
  id: string;
  name: string;
  policy: StructurePolicy;
  branding: StructureBranding;
  createdAt: Date;
  /** Incremented by every change. */
  version: number;
}

/** Registered texts of a structure. */
export interface StructureDraft extends Partial<RegisteredTexts> {
  name: string;
}

export interface StructurePage {
  items: Structure[];
  nextCursor: string | null;
}

export type StructureCreation =
  { status: 'created'; structure: Structure } | { status: 'name-taken' | 'number-taken' };

/** `moved`: it was changed since that version was read; nothing was written. */
export type StructureEdit = { status: 'edited' | 'moved' | 'missing' | 'name-taken' | 'number-taken' };

export interface StructureName {
  id: string;
  name: string;
}
