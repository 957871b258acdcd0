import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ErrorsModule } from '@portillon/kernel';
import { accountErrors, accountFields } from './account.errors';
import { AccountAdministrationService } from './account-administration.service';
import { AccountPurgeJob } from './account-purge.job';
import { AccountSearchRepository } from './account-search.repository';
import { AccountTokenService } from './account-token.service';
import { AccountOptions, PASSWORD_OPTIONS, PHONE_OPTIONS, RECOVERY_OPTIONS } from './account.options';
import { AccountEntity } from './account.entity';
import { AccountRepository } from './account.repository';
import { AccountService } from './account.service';
import { CredentialPurgeJob } from './credential-purge.job';
import { passwordOptions } from './credential.options';
import { DirectoryService } from './directory.service';
import { EmailChangeService } from './email-change.service';
import { AccountImportService } from './imports/account-import.service';
import { InactiveAccountService } from './inactive-account.service';
import { PasswordAttemptService } from './password-attempt.service';
import { PasswordHashingService } from './password-hashing.service';
import { FRENCH_COUNTRIES, PhoneNumberService } from './phone-number.service';
import { PhoneSealService } from './phone-seal.service';
import { recoveryOptions } from './recovery.options';
import { ResetRequestService } from './reset-request.service';
import { StructureService } from './structure.service';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<AccountOptions>()
  .setClassMethodName('forRoot')
  .build();

const SERVICES = [
  AccountService,
  AccountImportService,
  AccountAdministrationService,
  AccountSearchRepository,
  DirectoryService,
  AccountTokenService,
  InactiveAccountService,
  EmailChangeService,
  ResetRequestService,
  StructureService,
  PasswordHashingService,
  PasswordAttemptService,
  PhoneNumberService,
  PhoneSealService,
];

/** People, their structures, passwords and mobile numbers. Needs the kernel's and the persistence's modules. */
@Module({
  imports: [ErrorsModule.forFeature(accountErrors, accountFields), TypeOrmModule.forFeature([AccountEntity])],
  providers: [
    AccountRepository,
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
    AccountPurgeJob,
    CredentialPurgeJob,
  ],
  exports: SERVICES,
})
export class AccountModule extends ConfigurableModuleClass {}
