import type { StructureEntity } from '../structure.entity';
import type { ShownFace, StructureFace } from './structure-face.types';

type FaceColumns = Pick<StructureEntity, 'displayName' | 'logo' | 'accent'>;

export function toFace({ displayName, logo, accent }: FaceColumns): StructureFace {
  return { displayName, logo, accent };
}

/** What is shown; nothing where the structure gave nothing to show. `name`: as it is registered. */
export function shownFace(structure: FaceColumns & { name: string }): ShownFace | undefined {
  const { displayName, logo, accent, name } = structure;
  if (displayName === null && logo === null && accent === null) return undefined;
  return { name: displayName ?? name, logo, accent };
}
