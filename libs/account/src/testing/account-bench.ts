import { Clock, Keyring, SystemRandom } from '@portillon/kernel';
import { structureServices } from '@portillon/structure/testing';
import type { DataSource } from 'typeorm';
import { AccountAdministrationService } from '../administration/account-administration.service';
import { AccountGuardEntity } from '../administration/account-guard.entity';
import { AccountGuardRepository } from '../administration/account-guard.repository';
import { AccountEntity } from '../account/account.entity';
import { inactivityOptions, retentionOptions } from '../account.options';
import { AccountRepository } from '../account/account.repository';
import { AccountReportService } from '../account/account-report.service';
import { AccountService } from '../account/account.service';
import { ClosedAccountRepository } from '../account/closed-account.repository';
import { ClosedAccountService } from '../closed-account.service';
import { DirectoryService } from '../directory.service';
import { EmailChangeEntity } from '../email-change/email-change.entity';
import { EmailChangeRepository } from '../email-change/email-change.repository';
import { EmailChangeService } from '../email-change/email-change.service';
import { DirectoryLookupService } from '../identity/directory-lookup.service';
import { IdentityCountService } from '../identity/identity-count.service';
import { IdentityRepository } from '../identity/identity.repository';
import { IdentityVerificationService } from '../identity/identity-verification.service';
import { AccountImportLineEntity } from '../imports/account-import-line.entity';
import { AccountImportLineRepository } from '../imports/account-import-line.repository';
import { AccountImportEntity } from '../imports/account-import.entity';
import { AccountImportRepository } from '../imports/account-import.repository';
import { AccountImportService } from '../imports/account-import.service';
import { InactiveAccountService } from '../inactive-account.service';
import { PendingChangeEntity } from '../pending-change/pending-change.entity';
import { PendingChangeRepository } from '../pending-change/pending-change.repository';
import { PendingChangeService } from '../pending-change/pending-change.service';
import { AccountPhoneService } from '../phones/account-phone.service';
import { PhoneSealService } from '../phones/phone-seal.service';
import { AccountIndexService } from '../search/account-index.service';
import { AccountSearchService } from '../search/account-search.service';
import { AccountTermEntity } from '../search/account-term.entity';
import { AccountTermRepository } from '../search/account-term.repository';

export const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);

/** The services of this library on a test database, as its module builds them. */
export function accountServices(dataSource: DataSource, clock: Clock, keyring: Keyring = KEYS) {
  const random = new SystemRandom(clock);
  const phones = new PhoneSealService(keyring, random);
  const rows = repositories(dataSource, clock);
  const index = new AccountIndexService(rows.accounts, rows.terms);
  const accounts = new AccountService(rows.accounts, index, phones, rows.pendingChanges, clock, random);
  return {
    phones,
    random,
    rows,
    accounts,
    reports: new AccountReportService(accounts, rows.accounts, rows.pendingChanges, clock),
    accountPhones: new AccountPhoneService(rows.accounts, phones, clock),
    administration: new AccountAdministrationService(
      rows.accounts,
      rows.guards,
      rows.pendingChanges,
      index,
      clock,
      random,
    ),
    directory: new DirectoryService(rows.accounts),
    emailChanges: new EmailChangeService(rows.emailChanges, clock),
    lookups: new DirectoryLookupService(rows.accounts, rows.identities, clock),
    identityCounts: new IdentityCountService(rows.identities, clock),
    identities: new IdentityVerificationService(rows.accounts, clock),
    pendingChanges: new PendingChangeService(rows.pendingChanges, clock, random),
    imports: new AccountImportService(rows.imports, rows.importLines, clock, random),
    inactive: new InactiveAccountService(rows.accounts, clock, inactivityOptions()),
    closed: new ClosedAccountService(rows.closed, clock, retentionOptions()),
    search: new AccountSearchService(rows.accounts, rows.terms, phones, clock),
    ...structureServices(dataSource, clock),
  };
}

function repositories(dataSource: DataSource, clock: Clock) {
  return {
    closed: new ClosedAccountRepository(dataSource.getRepository(AccountEntity)),
    accounts: new AccountRepository(dataSource.getRepository(AccountEntity), clock),
    identities: new IdentityRepository(dataSource.getRepository(AccountEntity)),
    terms: new AccountTermRepository(dataSource.getRepository(AccountTermEntity)),
    guards: new AccountGuardRepository(dataSource.getRepository(AccountGuardEntity)),
    imports: new AccountImportRepository(dataSource.getRepository(AccountImportEntity)),
    importLines: new AccountImportLineRepository(dataSource.getRepository(AccountImportLineEntity)),
    emailChanges: new EmailChangeRepository(dataSource.getRepository(EmailChangeEntity)),
    pendingChanges: new PendingChangeRepository(dataSource.getRepository(PendingChangeEntity)),
  };
}
