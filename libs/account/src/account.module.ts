import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { Absences } from './absences';
import { AccountOptions, PASSWORD_OPTIONS, PHONE_OPTIONS, RECOVERY_OPTIONS } from './account.options';
import { AccountImports } from './account-imports';
import { AccountKeeping } from './account-keeping';
import { AccountSearch } from './account-search';
import { AccountTokens } from './account-tokens';
import { Accounts } from './accounts';
import { Directory } from './directory';
import { EmailChanges } from './email-changes';
import { PasswordAttempts } from './password-attempts';
import { passwordOptions } from './password-options';
import { Passwords } from './passwords';
import { FRENCH_COUNTRIES, PhoneNumbers } from './phone-numbers';
import { recoveryOptions } from './recovery-options';
import { ResetRequests } from './reset-requests';
import { Structures } from './structures';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<AccountOptions>()
  .setClassMethodName('forRoot')
  .build();

const SERVICES = [
  Accounts,
  AccountImports,
  AccountKeeping,
  AccountSearch,
  Directory,
  AccountTokens,
  Absences,
  EmailChanges,
  ResetRequests,
  Structures,
  Passwords,
  PasswordAttempts,
  PhoneNumbers,
];

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
    {
      provide: RECOVERY_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: AccountOptions) => recoveryOptions(options.recovery),
    },
    ...SERVICES,
  ],
  exports: SERVICES,
})
export class AccountModule extends ConfigurableModuleClass {}
