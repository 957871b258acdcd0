import { Module } from '@nestjs/common';
import { AccountController } from './account.controller';
import { AdministeredAccounts } from './administered-accounts';

/** « Administration ». Needs what `AuthModule` needs, and `AuthModule` itself, made global by the application. */
@Module({
  controllers: [AccountController],
  providers: [AdministeredAccounts],
})
export class AdministrationModule {}
