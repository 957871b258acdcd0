import { Module } from '@nestjs/common';
import { registerFactor, AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { registerJournal } from '@portillon/audit';
import { AuthModule } from '@portillon/auth';
import { TotpService, AuthenticatorModule } from '@portillon/authenticator';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { SessionModule } from '@portillon/session';
import { OwnTotpService } from './own-totp.service';
import { TotpSignInService, totpFactor } from './totp-sign-in.service';
import {
  TotpOfferedGuard,
  OwnTotpController,
  TotpSignInController,
  TotpStepUpController,
} from './totp.controller';
import { totpErrors } from './totp.errors';
import { totpJournal } from './totp.journal';

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
