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
import { OwnEmailService } from './email/own-email.service';
import { EmailController } from './email/email.controller';
import { myAccountPurposes } from './my-account.purposes';
import { OwnAccountService } from './own-account.service';
import { ListPreferencePersonalData } from './lists/list-preference.personal-data';
import { ListPreferenceRepository } from './lists/list-preference.repository';
import { OwnListController } from './lists/own-list.controller';
import { OwnMeansService } from './means/own-means.service';
import { OwnStrongMeansController } from './means/own-strong-means.controller';
import { OwnStrongMeansService } from './means/own-strong-means.service';
import { OwnPhoneService } from './phone/own-phone.service';
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
    ListPreferencePersonalData,
    ListPreferenceRepository,
    OwnAccountService,
    OwnEmailService,
    OwnMeansService,
    OwnPhoneService,
    PreferenceService,
    SessionRevocationService,
  ],
  exports: [OwnAccountService],
})
export class MyAccountModule {}
