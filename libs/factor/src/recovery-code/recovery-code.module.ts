import { AccountModule } from '@portillon/account';
import { AuthModule } from '@portillon/auth';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule } from '@portillon/session';
import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { registerFactor, AccessModule } from '@portillon/access';
import { RecoveryCodeService, AuthenticatorModule } from '@portillon/authenticator';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { recoveryCodeJournal } from './recovery-code.journal';
import { OwnRecoveryCodeController } from './own-recovery-code.controller';
import { OwnRecoveryCodeService } from './own-recovery-code.service';
import { RecoveryCodeOfferedGuard } from './recovery-code-offered.guard';
import { RecoveryCodeSignInController } from './recovery-code-sign-in.controller';
import { RecoveryCodeSignInService } from './recovery-code-sign-in.service';
import { recoveryCodeErrors } from './recovery-code.errors';

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
