export { StructureBrandingService } from './branding/structure-branding.service';
export { shownBranding } from './branding/structure-branding';
export type { NewBranding, ShownBranding, StructureBranding } from './branding/structure-branding';
export {
  ENROLMENT_MS,
  NO_POLICY,
  POLICY_COLUMNS,
  strictestOf,
  strongMeansStage,
  toPolicy,
} from './structure.policy';
export type { RuledStructure, StrongMeansStage, StructurePolicy } from './structure.policy';
export { isFiness, plainNumber, storedTexts, registeredFields, registeredTexts } from './structure-fields';
export type { RegisteredField, RegisteredTexts } from './structure-fields';
export { STRUCTURE_KINDS, StructureEntity } from './structure.entity';
export type { StructureKind, StructureName } from './structure.entity';
export { StructureService } from './structure.service';
export type { StructureListing } from './structure.service';
export type {
  Structure,
  StructureDraft,
  StructureEdit,
  StructurePage,
  StructurePosition,
  PositionRefusal,
} from './structure.types';
export { MOST_LEVELS } from './structure.types';
export { StructureModule } from './structure.module';
export { structureTables } from './structure.tables';
export { networkOf } from './structure-network';
