import type { StructureEntity } from '../structure.entity';
import type { ShownBranding, StructureBranding } from './structure-branding.types';

type FaceColumns = Pick<StructureEntity, 'displayName' | 'logo' | 'accent'>;

export function toBranding({ displayName, logo, accent }: FaceColumns): StructureBranding {
  return { displayName, logo, accent };
}

/** What is shown; nothing where the structure gave nothing to show. `name`: as it is registered. */
export function shownBranding(structure: FaceColumns & { name: string }): ShownBranding | undefined {
  const { displayName, logo, accent, name } = structure;
  if (displayName === null && logo === null && accent === null) return undefined;
  return { name: displayName ?? name, logo, accent };
}
