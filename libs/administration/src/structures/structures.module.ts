import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { IdempotencyModule } from '@portillon/idempotency';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { structuresJournal } from './structures.journal';
import { AdministeredStructureService } from './administered-structure.service';
import { DeploymentLimitsService } from './deployment-limits.service';
import { LogoController } from './logo.controller';
import { PolicyEffectController } from './policy-effect.controller';
import { StrongMeansPeopleService } from './strong-means-people.service';
import { StructureAppearanceService } from './structure-appearance.service';
import { StructureFaceController } from './structure-face.controller';
import { StructureFiguresService } from './structure-figures.service';
import { StructureRegistrationService } from './structure-registration.service';
import { StructureRequirementController } from './structure-requirement.controller';
import { StructureRequirementService } from './structure-requirement.service';
import { StructureController } from './structure.controller';
import { structuresErrors, structuresFields } from './structures.errors';

/** Structures, and what each asks of a sign-in. */
@Module({
  imports: [
    PersistenceModule,
    IdempotencyModule,
    ErrorsModule.forFeature(structuresErrors, structuresFields),
    StructureModule,
  ],
  controllers: [
    StructureController,
    StructureRequirementController,
    PolicyEffectController,
    StructureFaceController,
    LogoController,
  ],
  providers: [
    registerJournal(structuresJournal),
    AdministeredStructureService,
    DeploymentLimitsService,
    StrongMeansPeopleService,
    StructureAppearanceService,
    StructureFiguresService,
    StructureRegistrationService,
    StructureRequirementService,
  ],
  exports: [
    AdministeredStructureService,
    DeploymentLimitsService,
    StrongMeansPeopleService,
    StructureAppearanceService,
    StructureRegistrationService,
    StructureRequirementService,
  ],
})
export class StructuresModule {}
