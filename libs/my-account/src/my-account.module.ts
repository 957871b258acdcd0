import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { AuthenticatorModule } from '@portillon/authenticator';
import { CredentialModule } from '@portillon/credential';
import { NotificationModule } from '@portillon/notification';
import { OtpModule } from '@portillon/otp';
import { SessionModule } from '@portillon/session';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerJournal } from '@portillon/audit';
import { registerCodePurposes, AuthModule } from '@portillon/auth';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { myAccountJournal } from './my-account.journal';
import { myAccountPersistence } from './my-account.persistence';
import { myAccountErrors } from './my-account.errors';
import { AccountController } from './account.controller';
import { DeviceController } from './devices/device.controller';
import { EmailSetUpService } from './email/email-set-up.service';
import { EmailVerificationService } from './email/email-verification.service';
import { EmailController } from './email/email.controller';
import { IdentityUnlinkingService } from './identity-unlinking.service';
import { myAccountPurposes } from './my-account.purposes';
import { OwnAccountService } from './own-account.service';
import { ListPreferencePersonalData } from './lists/list-preference.personal-data';
import { ListPreferenceRepository } from './lists/list-preference.repository';
import { ListPreferenceService } from './lists/list-preference.service';
import { OwnListController } from './lists/own-list.controller';
import { OwnStrongMeansController } from './means/own-strong-means.controller';
import { OwnStrongMeansService } from './means/own-strong-means.service';
import { PasswordReplacementService } from './password/password-replacement.service';
import { PhoneSetUpService } from './phone/phone-set-up.service';
import { PhoneVerificationService } from './phone/phone-verification.service';
import { PhoneController } from './phone/phone.controller';
import { PreferenceService } from './preference.service';
import { SessionRevocationService } from './devices/session-revocation.service';

/** « Mon compte ». */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    AuthModule,
    AuthenticatorModule,
    CredentialModule,
    NotificationModule,
    OtpModule,
    SessionModule,
    PersistenceModule,
    ErrorsModule.forFeature(myAccountErrors),
    TypeOrmModule.forFeature(myAccountPersistence.entities),
  ],
  controllers: [
    OwnStrongMeansController,
    AccountController,
    DeviceController,
    EmailController,
    OwnListController,
    PhoneController,
  ],
  providers: [
    registerJournal(myAccountJournal),
    OwnStrongMeansService,
    registerCodePurposes(myAccountPurposes),
    EmailSetUpService,
    EmailVerificationService,
    IdentityUnlinkingService,
    ListPreferencePersonalData,
    ListPreferenceRepository,
    ListPreferenceService,
    OwnAccountService,
    PasswordReplacementService,
    PhoneSetUpService,
    PhoneVerificationService,
    PreferenceService,
    SessionRevocationService,
  ],
  exports: [OwnAccountService],
})
export class MyAccountModule {}
