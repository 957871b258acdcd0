import { Module } from '@nestjs/common';
import { AccountController } from './account.controller';
import { DataController } from './data.controller';
import { DeviceController } from './device.controller';
import { EmailController } from './email.controller';
import { ErasureRequestService } from './erasure-request.service';
import { IdentityUnlinkingService } from './identity-unlinking.service';
import { OwnAccountService } from './own-account.service';
import { OwnDataService } from './own-data.service';
import { OwnEmailService } from './own-email.service';
import { PasswordReplacementService } from './password-replacement.service';
import { PhoneSetUpService } from './phone-set-up.service';
import { SessionRevocationService } from './session-revocation.service';

/** « Mon compte ». Needs what `AuthModule` needs, and `AuthModule` itself, made global by the application. */
@Module({
  controllers: [AccountController, DataController, DeviceController, EmailController],
  providers: [
    OwnEmailService,
    ErasureRequestService,
    IdentityUnlinkingService,
    OwnAccountService,
    OwnDataService,
    PasswordReplacementService,
    PhoneSetUpService,
    SessionRevocationService,
  ],
})
export class MyAccountModule {}
