import { Module } from '@nestjs/common';
import { registerCodePurposes } from '@portillon/auth';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { myAccountErrors } from './my-account.errors';
import { AccountController } from './account.controller';
import { DataController } from './data.controller';
import { DeviceController } from './device.controller';
import { EmailSetUpService } from './email-set-up.service';
import { EmailVerificationService } from './email-verification.service';
import { EmailController } from './email.controller';
import { ErasureRequestService } from './erasure-request.service';
import { IdentityUnlinkingService } from './identity-unlinking.service';
import { myAccountPurposes } from './my-account.purposes';
import { OwnAccountService } from './own-account.service';
import { OwnApplicationController } from './own-application.controller';
import { OwnApplicationSignOutService } from './own-application-sign-out.service';
import { OwnApplicationService } from './own-application.service';
import { OwnStrongMeansController } from './own-strong-means.controller';
import { OwnStrongMeansService } from './own-strong-means.service';
import { OwnDataService } from './own-data.service';
import { PasswordReplacementService } from './password-replacement.service';
import { PhoneSetUpService } from './phone-set-up.service';
import { PhoneVerificationService } from './phone-verification.service';
import { PhoneController } from './phone.controller';
import { PreferenceService } from './preference.service';
import { SessionRevocationService } from './session-revocation.service';

/** « Mon compte ». Imported with `AccessModule`, `AuthModule`, `OpenidModule`, `GateModule`, `SecurityNoticeModule` and the modules of the domains that it conducts. */
@Module({
  imports: [PersistenceModule, ErrorsModule.forFeature(myAccountErrors)],
  controllers: [
    OwnStrongMeansController,
    AccountController,
    DataController,
    DeviceController,
    EmailController,
    OwnApplicationController,
    PhoneController,
  ],
  providers: [
    OwnStrongMeansService,
    registerCodePurposes(myAccountPurposes),
    EmailSetUpService,
    EmailVerificationService,
    ErasureRequestService,
    IdentityUnlinkingService,
    OwnAccountService,
    OwnApplicationService,
    OwnApplicationSignOutService,
    OwnDataService,
    PasswordReplacementService,
    PhoneSetUpService,
    PhoneVerificationService,
    PreferenceService,
    SessionRevocationService,
  ],
})
export class MyAccountModule {}
