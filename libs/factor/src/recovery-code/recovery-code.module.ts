import { Module } from '@nestjs/common';
import { registerFactor, AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { registerJournal } from '@portillon/audit';
import { AuthModule } from '@portillon/auth';
import { RecoveryCodeService, AuthenticatorModule } from '@portillon/authenticator';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule } from '@portillon/session';
import { OwnRecoveryCodeService } from './own-recovery-code.service';
import { RecoveryCodeSignInService } from './recovery-code-sign-in.service';
import {
  RecoveryCodeOfferedGuard,
  OwnRecoveryCodeController,
  RecoveryCodeSignInController,
} from './recovery-code.controller';
import { recoveryCodeErrors } from './recovery-code.errors';
import { recoveryCodeJournal } from './recovery-code.journal';

/** Adding a means with a printed recovery code, and those of « Mon compte ». */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    AuthModule,
    AuthenticatorModule,
    SecurityNoticeModule,
    SessionModule,
    PersistenceModule,
    ErrorsModule.forFeature(recoveryCodeErrors),
  ],
  controllers: [RecoveryCodeSignInController, OwnRecoveryCodeController],
  providers: [
    registerJournal(recoveryCodeJournal),
    OwnRecoveryCodeService,
    registerFactor({ id: 'recovery-code', code: null }, RecoveryCodeService),
    RecoveryCodeOfferedGuard,
    RecoveryCodeSignInService,
  ],
})
export class RecoveryCodeModule {}
