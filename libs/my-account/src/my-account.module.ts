import { Module } from '@nestjs/common';
import { AccountController } from './account.controller';
import { DataController } from './data.controller';
import { DeviceController } from './device.controller';
import { EmailChange } from './email-change';
import { EmailController } from './email.controller';
import { ErasureRequest } from './erasure-request';
import { IdentityUnlinking } from './identity-unlinking';
import { OwnAccount } from './own-account';
import { OwnData } from './own-data';
import { PasswordReplacement } from './password-replacement';
import { PhoneSetUp } from './phone-set-up';
import { Revocation } from './revocation';

/** « Mon compte ». Needs what `AuthModule` needs, and `AuthModule` itself, made global by the application. */
@Module({
  controllers: [AccountController, DataController, DeviceController, EmailController],
  providers: [
    EmailChange,
    ErasureRequest,
    IdentityUnlinking,
    OwnAccount,
    OwnData,
    PasswordReplacement,
    PhoneSetUp,
    Revocation,
  ],
})
export class MyAccountModule {}
