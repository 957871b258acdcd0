import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ErrorsModule } from '@portillon/kernel';
import { accountErrors } from './account.errors';
import { AccountAdministrationService } from './account-administration.service';
import { AccountPurgeJob } from './account-purge.job';
import { AccountSearchRepository } from './account-search.repository';
import { AccountEntity } from './account.entity';
import {
  AccountOptions,
  INACTIVITY_OPTIONS,
  inactivityOptions,
  PHONE_OPTIONS,
  phoneOptions,
} from './account.options';
import { AccountRepository } from './account.repository';
import { AccountService } from './account.service';
import { DirectoryService } from './directory.service';
import { EmailChangeService } from './email-change.service';
import { AccountImportService } from './imports/account-import.service';
import { InactiveAccountService } from './inactive-account.service';
import { PhoneNumberService } from './phone-number.service';
import { PhoneSealService } from './phone-seal.service';
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
  InactiveAccountService,
  EmailChangeService,
  StructureService,
  PhoneNumberService,
  PhoneSealService,
];

/** People, their structures and mobile numbers. Needs the kernel's and the persistence's modules. */
@Module({
  imports: [ErrorsModule.forFeature(accountErrors), TypeOrmModule.forFeature([AccountEntity])],
  providers: [
    AccountRepository,
    {
      provide: PHONE_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: AccountOptions) => phoneOptions(options.phones),
    },
    {
      provide: INACTIVITY_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: AccountOptions) => inactivityOptions(options.inactivity),
    },
    ...SERVICES,
    AccountPurgeJob,
  ],
  exports: SERVICES,
})
export class AccountModule extends ConfigurableModuleClass {}
