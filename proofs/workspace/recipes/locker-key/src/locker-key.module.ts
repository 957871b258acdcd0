import { Module } from '@nestjs/common';
import { AccessModule, registerFactor } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { registerJournal } from '@portillon/audit';
import { AuthModule } from '@portillon/auth';
import { ErrorsModule } from '@portillon/kernel';
import { LockerModule } from '@portillon/locker';
import { PersistenceModule } from '@portillon/persistence';
import { SessionModule } from '@portillon/session';
import { LockerKeySignInController } from './locker-key-sign-in.controller';
import { LockerKeyStepUpController } from './locker-key-step-up.controller';
import { lockerKeyErrors } from './locker-key.errors';
import { lockerKeyFactor } from './locker-key.factor';
import { lockerKeyJournal } from './locker-key.journal';
import { LockerKeyService } from './locker-key.service';

/** Confirming with the key of one's locker. */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    AuthModule,
    LockerModule,
    SessionModule,
    PersistenceModule,
    ErrorsModule.forFeature(lockerKeyErrors),
  ],
  controllers: [LockerKeySignInController, LockerKeyStepUpController],
  providers: [
    registerJournal(lockerKeyJournal),
    LockerKeyService,
    registerFactor(lockerKeyFactor, LockerKeyService),
  ],
})
export class LockerKeyModule {}
