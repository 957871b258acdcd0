import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { AccountOptions, PASSWORD_OPTIONS, PHONE_OPTIONS } from './account.options';
import { AccountKeeping } from './account-keeping';
import { AccountSearch } from './account-search';
import { Accounts } from './accounts';
import { Directory } from './directory';
import { PasswordAttempts } from './password-attempts';
import { passwordOptions } from './password-options';
import { Passwords } from './passwords';
import { FRENCH_COUNTRIES, PhoneNumbers } from './phone-numbers';
import { Structures } from './structures';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<AccountOptions>()
  .setClassMethodName('forRoot')
  .build();

/** People, their structures, passwords and mobile numbers. Needs the kernel's and the persistence's modules. */
@Module({
  providers: [
    {
      provide: PASSWORD_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: AccountOptions) => passwordOptions(options.passwords),
    },
    {
      provide: PHONE_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: AccountOptions) => ({ countries: FRENCH_COUNTRIES, ...options.phones }),
    },
    Accounts,
    AccountKeeping,
    AccountSearch,
    Directory,
    Structures,
    Passwords,
    PasswordAttempts,
    PhoneNumbers,
  ],
  exports: [
    Accounts,
    AccountKeeping,
    AccountSearch,
    Directory,
    Structures,
    Passwords,
    PasswordAttempts,
    PhoneNumbers,
  ],
})
export class AccountModule extends ConfigurableModuleClass {}
