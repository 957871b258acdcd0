import { Module } from '@nestjs/common';
import { AccountController } from './account.controller';
import { DeviceController } from './device.controller';
import { OwnAccount } from './own-account';
import { PasswordReplacement } from './password-replacement';
import { PhoneSetUp } from './phone-set-up';
import { Revocation } from './revocation';

/** « Mon compte ». Needs what `AuthModule` needs, and `AuthModule` itself, made global by the application. */
@Module({
  controllers: [AccountController, DeviceController],
  providers: [OwnAccount, PasswordReplacement, PhoneSetUp, Revocation],
})
export class MyAccountModule {}
