export { ErasureService } from './erasure/erasure.service';
export type { ErasureResult } from './erasure/erasure.service';
export { ExportService } from './export/export.service';
export { PersonalData } from './export/personal-data.dto';
export type {} from './personal-data.journal';
export { PersonalDataModule } from './personal-data.module';
export { PersonalDataRegistry } from './personal-data.registry';
