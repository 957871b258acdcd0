import { Module } from '@nestjs/common';
import { registerFactor } from '@portillon/access';
import { registerJournal } from '@portillon/audit';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { LockerKeySignInController } from './locker-key-sign-in.controller';
import { LockerKeyStepUpController } from './locker-key-step-up.controller';
import { lockerKeyErrors } from './locker-key.errors';
import { lockerKeyFactor } from './locker-key.factor';
import { lockerKeyJournal } from './locker-key.journal';
import { LockerKeyService } from './locker-key.service';

/** Confirming with the key of one's locker. Needs `AccessModule`, `AuthModule`, `LockerModule`, and the module of account. */
@Module({
  imports: [PersistenceModule, ErrorsModule.forFeature(lockerKeyErrors)],
  controllers: [LockerKeySignInController, LockerKeyStepUpController],
  providers: [
    registerJournal(lockerKeyJournal),
    LockerKeyService,
    registerFactor(lockerKeyFactor, LockerKeyService),
  ],
})
export class LockerKeyModule {}
