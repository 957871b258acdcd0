import { Module } from '@nestjs/common';
import { AccountController } from './account.controller';
import { DeviceController } from './device.controller';
import { FactorChange } from './factor-change';
import { OwnAccount } from './own-account';
import { PasswordReplacement } from './password-replacement';
import { PhoneSetUp } from './phone-set-up';
import { Revocation } from './revocation';

/** « Mon compte ». Needs what `AuthModule` needs, and `AuthModule` itself, made global by the application. */
@Module({
  controllers: [AccountController, DeviceController],
  providers: [FactorChange, OwnAccount, PasswordReplacement, PhoneSetUp, Revocation],
})
export class MyAccountModule {}
