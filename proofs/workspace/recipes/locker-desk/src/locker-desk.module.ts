import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { registerCodePurposes } from '@portillon/auth';
import { registerFindings } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { ConfigurableModuleClass } from './locker-desk.options';
import { LockerDeskFindings } from './locker-desk.findings';
import { lockerDeskJournal } from './locker-desk.journal';
import { lockerDeskPurposes } from './locker-desk.purposes';
import { LockerOpeningController } from './locker-opening.controller';
import { LockerOpeningService } from './locker-opening.service';

/** Opening lockers. Needs `LockerModule`, `AuthModule` and what that needs. */
@Module({
  imports: [PersistenceModule],
  controllers: [LockerOpeningController],
  providers: [
    ...registerFindings(LockerDeskFindings),
    registerJournal(lockerDeskJournal),
    registerCodePurposes(lockerDeskPurposes),
    LockerOpeningService,
  ],
})
export class LockerDeskModule extends ConfigurableModuleClass {}
