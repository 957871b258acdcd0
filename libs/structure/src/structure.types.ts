import type { StructureBranding } from './branding/structure-branding';
import type { RegisteredTexts } from './structure-fields';
import type { StructureKind, StructureName } from './structure.entity';
import type { StructurePolicy } from './structure.policy';

/** Levels of a tree, the highest grouping included. */
export const MOST_LEVELS = 4;

/** Position of a structure in the tree. */
export interface StructurePosition {
  kind: StructureKind;
  /** The grouping that it is part of. */
  parentId: string | null;
}

/** A hospital, a practice, an association whose people sign in, or a grouping of them. */
export interface Structure extends RegisteredTexts, StructurePosition {
  id: string;
  name: string;
  policy: StructurePolicy;
  branding: StructureBranding;
  createdAt: Date;
  /** Incremented by every change. */
  version: number;
}

/** Registered texts of a structure, and its position. Default: an establishment without a parent. */
export interface StructureDraft extends Partial<RegisteredTexts>, Partial<StructurePosition> {
  name: string;
}

/** A part of all structures; omitted: all. */
export interface StructureFilter {
  kind?: StructureKind;
  /** The grouping directly above. */
  parentId?: string;
  /** These only. */
  among?: readonly string[] | undefined;
}

export interface StructurePage {
  items: Structure[];
  nextCursor: string | null;
}

export type StructureCreation =
  { status: 'created'; structure: Structure } | { status: 'name-taken' | 'number-taken' | PositionRefusal };

/**
 * Why a position is refused: the parent does not exist; it is no grouping; it is below the structure itself; the tree
 * would have too many levels; or an establishment would have structures below it.
 */
export type PositionRefusal =
  'parent-unknown' | 'parent-not-grouping' | 'parent-below' | 'too-many-levels' | 'structures-below';

/** `moved`: it was changed since that version was read; nothing was written. */
export type StructureEdit = {
  status: 'edited' | 'moved' | 'missing' | 'name-taken' | 'number-taken' | PositionRefusal;
};

/** A structure in the tree. */
export interface StructureNode extends StructureName, StructurePosition {}
