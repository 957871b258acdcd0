import { Clock, Keyring, SystemRandom } from '@portillon/kernel';
import { structureServices } from '@portillon/structure/testing';
import type { DataSource } from 'typeorm';
import { inactivityOptions, phoneOptions, retentionOptions } from '../account.options';
import { AccountReportService } from '../account/account-report.service';
import { AccountEntity } from '../account/account.entity';
import { AccountRepository } from '../account/account.repository';
import { AccountService } from '../account/account.service';
import { AccountAdministrationService } from '../administration/account-administration.service';
import { AccountGuardEntity, AccountGuardRepository } from '../administration/account-guard.repository';
import { AccountCountsRepository } from '../counts/account-counts.repository';
import { AccountCountsService } from '../counts/account-counts.service';
import { DirectoryChangeEntity, DirectoryChangeRepository } from '../directory/directory-change.repository';
import { DirectoryChangeService } from '../directory/directory-change.service';
import {
  DirectoryFeedEntity,
  DirectoryFeedRepository,
  DirectoryPassService,
} from '../directory/directory-pass.service';
import { EmailChangeEntity, EmailChangeRepository, EmailChangeService } from '../email-change.service';
import { IdentityService } from '../identity/identity.service';
import { AccountImportLineEntity, AccountImportEntity } from '../imports/account-import.entity';
import { AccountImportLineRepository, AccountImportRepository } from '../imports/account-import.repository';
import { AccountImportService } from '../imports/account-import.service';
import { MembershipEntity } from '../membership/membership.entity';
import { MembershipRepository } from '../membership/membership.repository';
import { MembershipService } from '../membership/membership.service';
import { MembershipProposalEntity, ProposalRepository } from '../membership/proposal.repository';
import { ProposalService } from '../membership/proposal.service';
import { AccountMoveInService } from '../move-in/account-move-in.service';
import { PendingChangeEntity, PendingChangeRepository } from '../pending-change/pending-change.repository';
import { PendingChangeService } from '../pending-change/pending-change.service';
import { AccountPhoneService } from '../phones/account-phone.service';
import { PhoneSealService } from '../phones/phone-seal.service';
import { AccountRetentionRepository } from '../retention/account-retention.repository';
import { AccountRetentionService } from '../retention/account-retention.service';
import { AccountSearchService } from '../search/account-search.service';
import { AccountTermEntity, AccountTermRepository } from '../search/account-term.repository';
import { InvitationWaveEntity, InvitationWaveMemberEntity } from '../waves/invitation-wave.entity';
import {
  InvitationWaveMemberRepository,
  InvitationWaveRepository,
} from '../waves/invitation-wave.repository';
import { InvitationWaveService } from '../waves/invitation-wave.service';

export const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);

/** The services of this library on a test database, as its module builds them. */
export function accountServices(dataSource: DataSource, clock: Clock, keyring: Keyring = KEYS) {
  const random = new SystemRandom(clock);
  const phones = new PhoneSealService(keyring, random);
  const rows = repositories(dataSource, clock);
  const search = new AccountSearchService(rows.accounts, rows.terms, phones, clock);
  const memberships = new MembershipService(rows.memberships, rows.accounts, clock);
  const accounts = new AccountService(
    rows.accounts,
    search,
    phones,
    rows.pendingChanges,
    memberships,
    clock,
    random,
  );
  return {
    phones,
    random,
    rows,
    accounts,
    memberships,
    proposals: new ProposalService(rows.proposals, rows.accounts, memberships, clock, random),
    reports: new AccountReportService(accounts, rows.accounts, rows.pendingChanges, clock),
    accountPhones: new AccountPhoneService(rows.accounts, phones, clock, phoneOptions()),
    administration: new AccountAdministrationService(
      rows.accounts,
      rows.guards,
      rows.pendingChanges,
      memberships,
      search,
      clock,
      random,
    ),
    directoryChanges: new DirectoryChangeService(rows.directoryChanges, clock, random),
    directoryPasses: new DirectoryPassService(rows.directoryFeed, clock, random),
    emailChanges: new EmailChangeService(rows.emailChanges, clock),
    counts: new AccountCountsService(rows.counts, clock),
    identities: new IdentityService(rows.accounts, clock),
    pendingChanges: new PendingChangeService(rows.pendingChanges, clock, random),
    moveIn: new AccountMoveInService(rows.accounts, memberships, search, phones, clock, random),
    imports: new AccountImportService(rows.imports, rows.importLines, clock, random),
    retention: new AccountRetentionService(
      rows.accounts,
      rows.retention,
      clock,
      inactivityOptions(),
      retentionOptions(),
    ),
    accountRows: rows.accounts,
    waves: new InvitationWaveService(rows.waves, rows.waveMembers, rows.guards, clock, random),
    search,
    ...structureServices(dataSource, clock),
  };
}

function repositories(dataSource: DataSource, clock: Clock) {
  return {
    retention: new AccountRetentionRepository(dataSource.getRepository(AccountEntity)),
    accounts: new AccountRepository(dataSource.getRepository(AccountEntity), clock),
    counts: new AccountCountsRepository(dataSource.getRepository(AccountEntity), clock),
    terms: new AccountTermRepository(dataSource.getRepository(AccountTermEntity)),
    guards: new AccountGuardRepository(dataSource.getRepository(AccountGuardEntity)),
    imports: new AccountImportRepository(dataSource.getRepository(AccountImportEntity)),
    importLines: new AccountImportLineRepository(dataSource.getRepository(AccountImportLineEntity)),
    directoryChanges: new DirectoryChangeRepository(dataSource.getRepository(DirectoryChangeEntity)),
    directoryFeed: new DirectoryFeedRepository(dataSource.getRepository(DirectoryFeedEntity)),
    emailChanges: new EmailChangeRepository(dataSource.getRepository(EmailChangeEntity)),
    memberships: new MembershipRepository(dataSource.getRepository(MembershipEntity)),
    proposals: new ProposalRepository(dataSource.getRepository(MembershipProposalEntity)),
    pendingChanges: new PendingChangeRepository(dataSource.getRepository(PendingChangeEntity)),
    waves: new InvitationWaveRepository(dataSource.getRepository(InvitationWaveEntity)),
    waveMembers: new InvitationWaveMemberRepository(dataSource.getRepository(InvitationWaveMemberEntity)),
  };
}
