import { Module } from '@nestjs/common';
import { registerMeans, AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { registerJournal } from '@portillon/audit';
import { AuthModule } from '@portillon/auth';
import { AuthenticatorModule } from '@portillon/authenticator';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule } from '@portillon/session';
import { OwnPasskeyController, PasskeyEnrolmentController } from './own-passkey.controller';
import { OwnPasskeyService } from './own-passkey.service';
import { PasskeyCheckService } from './passkey-check.service';
import { PasskeySignInController, PasskeyStepUpController } from './passkey-sign-in.controller';
import { PasskeySignInService } from './passkey-sign-in.service';
import { PasskeyCookie } from './passkey.cookie';
import { passkeyErrors } from './passkey.errors';
import { passkeyJournal } from './passkey.journal';
import { WellKnownController } from './well-known.controller';

/** Signing in and confirming with a passkey, and the passkeys of « Mon compte ». */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    AuthModule,
    AuthenticatorModule,
    SecurityNoticeModule,
    SessionModule,
    PersistenceModule,
    ErrorsModule.forFeature(passkeyErrors),
  ],
  controllers: [
    PasskeySignInController,
    PasskeyStepUpController,
    PasskeyEnrolmentController,
    OwnPasskeyController,
    WellKnownController,
  ],
  providers: [
    registerJournal(passkeyJournal),
    registerMeans({ id: 'passkey', rank: 3 }),
    OwnPasskeyService,
    PasskeyCheckService,
    PasskeyCookie,
    PasskeySignInService,
  ],
})
export class PasskeyModule {}
