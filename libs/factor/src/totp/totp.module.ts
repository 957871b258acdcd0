import { AccountModule } from '@portillon/account';
import { AuthModule } from '@portillon/auth';
import { SessionModule } from '@portillon/session';
import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { registerFactor, AccessModule } from '@portillon/access';
import { TotpService, AuthenticatorModule } from '@portillon/authenticator';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { totpJournal } from './totp.journal';
import { OwnTotpController } from './own-totp.controller';
import { OwnTotpService } from './own-totp.service';
import { TotpOfferedGuard } from './totp-offered.guard';
import { TotpSignInController } from './totp-sign-in.controller';
import { TotpSignInService } from './totp-sign-in.service';
import { TotpStepUpController } from './totp-step-up.controller';
import { totpErrors } from './totp.errors';
import { totpFactor } from './totp.factor';

/** Signing in and confirming with an authenticator app, and that of « Mon compte ». */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    AuthModule,
    AuthenticatorModule,
    SessionModule,
    PersistenceModule,
    ErrorsModule.forFeature(totpErrors),
  ],
  controllers: [TotpSignInController, TotpStepUpController, OwnTotpController],
  providers: [
    registerJournal(totpJournal),
    OwnTotpService,
    registerFactor(totpFactor, TotpService),
    TotpOfferedGuard,
    TotpSignInService,
  ],
})
export class TotpModule {}
