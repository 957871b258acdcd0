import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { AuthModule, registerCodePurposes } from '@portillon/auth';
import { registerFindings } from '@portillon/kernel';
import { LockerModule } from '@portillon/locker';
import { PersistenceModule } from '@portillon/persistence';
import { ConfigurableModuleClass } from './locker-desk.options';
import { LockerDeskFindings } from './locker-desk.findings';
import { lockerDeskJournal } from './locker-desk.journal';
import { lockerDeskPurposes } from './locker-desk.purposes';
import { LockerOpeningController } from './locker-opening.controller';
import { LockerOpeningService } from './locker-opening.service';

/** Opening lockers. */
@Module({
  imports: [AuthModule, LockerModule, PersistenceModule],
  controllers: [LockerOpeningController],
  providers: [
    ...registerFindings(LockerDeskFindings),
    registerJournal(lockerDeskJournal),
    registerCodePurposes(lockerDeskPurposes),
    LockerOpeningService,
  ],
})
export class LockerDeskModule extends ConfigurableModuleClass {}
