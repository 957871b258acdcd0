import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { registerJournal } from '@portillon/audit';
import { registerCodePurposes, AuthModule } from '@portillon/auth';
import { AuthenticatorModule } from '@portillon/authenticator';
import { CredentialModule } from '@portillon/credential';
import { ErrorsModule } from '@portillon/kernel';
import { NotificationModule } from '@portillon/notification';
import { OtpModule } from '@portillon/otp';
import { PersistenceModule } from '@portillon/persistence';
import { SessionModule } from '@portillon/session';
import { OwnAccountController } from './account.controller';
import { DeviceController } from './devices/device.controller';
import { SessionRevocationService } from './devices/session-revocation.service';
import { EmailController } from './email/email.controller';
import { OwnEmailService } from './email/own-email.service';
import { ListPreferencePersonalData, ListPreferenceRepository } from './lists/list-preference.repository';
import { OwnListController } from './lists/own-list.controller';
import { OwnStrongMeansController } from './means/own-strong-means.controller';
import { OwnStrongMeansService } from './means/own-strong-means.service';
import { OwnMembershipsController } from './memberships/own-memberships.controller';
import { OwnMembershipsService } from './memberships/own-memberships.service';
import { myAccountErrors } from './my-account.errors';
import { myAccountJournal } from './my-account.journal';
import { myAccountPersistence } from './my-account.persistence';
import { myAccountPurposes } from './my-account.purposes';
import { OwnAccountService } from './own-account.service';
import { OwnPhoneService } from './phone/own-phone.service';
import { PhoneController } from './phone/phone.controller';

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
    OwnAccountController,
    DeviceController,
    EmailController,
    OwnListController,
    OwnMembershipsController,
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
    OwnMembershipsService,
    OwnPhoneService,
    SessionRevocationService,
  ],
  exports: [OwnAccountService],
})
export class MyAccountModule {}
