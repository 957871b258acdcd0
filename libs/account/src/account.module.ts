import { Module, Injectable } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { configurableModule, ErrorsModule } from '@portillon/kernel';
import { PurgeJob } from '@portillon/persistence';
import { accountErrors } from './account.errors';
import {
  AccountOptions,
  INACTIVITY_OPTIONS,
  inactivityOptions,
  MOVE_IN_OPTIONS,
  moveInOptions,
  PHONE_OPTIONS,
  phoneOptions,
  RETENTION_OPTIONS,
  retentionOptions,
} from './account.options';
import { accountPersistence } from './account.persistence';
import { AccountPersonalData } from './account.personal-data';
import { AccountReportService } from './account/account-report.service';
import { AccountRepository } from './account/account.repository';
import { AccountService } from './account/account.service';
import { AccountAdministrationService } from './administration/account-administration.service';
import { AccountGuardRepository } from './administration/account-guard.repository';
import { AccountCountsRepository } from './counts/account-counts.repository';
import { AccountCountsService } from './counts/account-counts.service';
import { DirectoryChangeRepository } from './directory/directory-change.repository';
import { DirectoryChangeService } from './directory/directory-change.service';
import { DirectoryFeedRepository, DirectoryPassService } from './directory/directory-pass.service';
import { EmailChangeRepository, EmailChangeService } from './email-change.service';
import { IdentityService } from './identity/identity.service';
import { AccountImportLineRepository, AccountImportRepository } from './imports/account-import.repository';
import { AccountImportService } from './imports/account-import.service';
import { MembershipRepository } from './membership/membership.repository';
import { MembershipService } from './membership/membership.service';
import { ProposalRepository } from './membership/proposal.repository';
import { ProposalService } from './membership/proposal.service';
import { AccountMoveInService } from './move-in/account-move-in.service';
import { PendingChangeRepository } from './pending-change/pending-change.repository';
import { PendingChangeService } from './pending-change/pending-change.service';
import { AccountPhoneService } from './phones/account-phone.service';
import { PhoneSealService } from './phones/phone-seal.service';
import { AccountRetentionRepository } from './retention/account-retention.repository';
import { AccountRetentionService } from './retention/account-retention.service';
import { MovedPasswordRepository, MovedPasswordService } from './retention/moved-password.service';
import { AccountSearchService } from './search/account-search.service';
import { AccountTermRepository } from './search/account-term.repository';
import { InvitationWaveMemberRepository, InvitationWaveRepository } from './waves/invitation-wave.repository';
import { InvitationWaveService } from './waves/invitation-wave.service';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<AccountOptions>();

const REPOSITORIES = [
  AccountRepository,
  AccountCountsRepository,
  AccountRetentionRepository,
  MovedPasswordRepository,
  AccountTermRepository,
  AccountGuardRepository,
  AccountImportRepository,
  AccountImportLineRepository,
  DirectoryChangeRepository,
  DirectoryFeedRepository,
  EmailChangeRepository,
  InvitationWaveMemberRepository,
  InvitationWaveRepository,
  MembershipRepository,
  ProposalRepository,
  PendingChangeRepository,
];

const SERVICES = [
  AccountService,
  AccountReportService,
  AccountPhoneService,
  AccountImportService,
  AccountMoveInService,
  AccountAdministrationService,
  AccountSearchService,
  AccountCountsService,
  AccountRetentionService,
  MovedPasswordService,
  IdentityService,
  DirectoryChangeService,
  DirectoryPassService,
  EmailChangeService,
  InvitationWaveService,
  MembershipService,
  ProposalService,
  PendingChangeService,
  PhoneSealService,
];

/** Deletes old imports, decisions and waves, and changes of address and proposals that were not confirmed in time. */
@Injectable()
class AccountPurgeJob extends PurgeJob {
  constructor(
    imports: AccountImportService,
    emailChanges: EmailChangeService,
    proposals: ProposalService,
    directoryChanges: DirectoryChangeService,
    waves: InvitationWaveService,
  ) {
    super({ imports, emailChanges, proposals, directoryChanges, waves });
  }
}

/** Accounts and their mobile numbers. */
@Module({
  imports: [ErrorsModule.forFeature(accountErrors), TypeOrmModule.forFeature(accountPersistence.entities)],
  providers: [
    ...REPOSITORIES,
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
    {
      provide: RETENTION_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: AccountOptions) => retentionOptions(options.retention),
    },
    {
      provide: MOVE_IN_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: AccountOptions) => moveInOptions(options.moveIn),
    },
    ...SERVICES,
    AccountPersonalData,
    AccountPurgeJob,
  ],
  exports: SERVICES,
})
export class AccountModule extends ConfigurableModuleClass {}
