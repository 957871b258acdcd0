import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { registerFactor } from '@portillon/access';
import { RecoveryCodeService } from '@portillon/authenticator';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { recoveryCodeJournal } from './recovery-code.journal';
import { OwnRecoveryCodeController } from './own-recovery-code.controller';
import { OwnRecoveryCodeService } from './own-recovery-code.service';
import { RecoveryCodeOfferedGuard } from './recovery-code-offered.guard';
import { RecoveryCodeSignInController } from './recovery-code-sign-in.controller';
import { RecoveryCodeSignInService } from './recovery-code-sign-in.service';
import { recoveryCodeErrors } from './recovery-code.errors';

/**
 * Adding a means with a printed recovery code, and those of « Mon compte ». Imported with `AccessModule`, `AuthModule`,
 * `AuthenticatorModule`, `SecurityNoticeModule`, and the modules of account, otp and session.
 */
@Module({
  imports: [PersistenceModule, ErrorsModule.forFeature(recoveryCodeErrors)],
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
