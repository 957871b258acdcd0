export { shownBranding } from './branding/structure-branding';
export { StructureBrandingService } from './branding/structure-branding.service';
export type { NewBranding, ShownBranding, StructureBranding } from './branding/structure-branding';
export { ENROLMENT_MS, strongMeansStage } from './strong-means.policy';
export type { StrongMeansStage } from './strong-means.policy';
export { keptTexts, registeredFields, registeredTexts } from './structure-fields';
export type { RegisteredField, RegisteredTexts } from './structure-fields';
export { StructureEntity } from './structure.entity';
export { NO_POLICY, POLICY_COLUMNS, toPolicy } from './structure.policy';
export type { StructurePolicy } from './structure.policy';
export { StructureService } from './structure.service';
export type {
  Structure,
  StructureDraft,
  StructureEdit,
  StructureName,
  StructurePage,
} from './structure.types';
export { StructureModule } from './structure.module';
export { structureTables } from './structure.tables';
export { networkOf } from './structure-network';
