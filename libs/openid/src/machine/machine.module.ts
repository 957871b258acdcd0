import { AccountModule } from '@portillon/account';
import { ApplicationModule } from '@portillon/application';
import { OpenidModule } from '../openid.module';
import { RateLimitModule } from '@portillon/rate-limit';
import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { registerMachineAccess, AccessModule } from '@portillon/access';
import { ErrorsModule } from '@portillon/kernel';
import { StructureModule } from '@portillon/structure';
import { machineJournal } from '../openid.journal';
import { MachineAccessService } from './machine-access.service';
import { machineErrors } from '../openid.errors';
import {
  ConfigurableModuleClass,
  MACHINE_OPTIONS,
  MachineOptions,
  MODULE_OPTIONS_TOKEN,
  resolveMachineOptions,
} from './machine.options';
import { ProtectedResourceController } from './protected-resource.controller';

/** Machine clients: applications that call without a user. */
@Module({
  imports: [
    AccountModule,
    AccessModule,
    ApplicationModule,
    OpenidModule,
    RateLimitModule,
    ErrorsModule.forFeature(machineErrors),
    StructureModule,
  ],
  controllers: [ProtectedResourceController],
  providers: [
    registerJournal(machineJournal),
    {
      provide: MACHINE_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: MachineOptions) => resolveMachineOptions(options),
    },
    MachineAccessService,
    registerMachineAccess(MachineAccessService),
  ],
})
export class MachineModule extends ConfigurableModuleClass {}
