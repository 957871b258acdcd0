import { Injectable } from '@nestjs/common';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { AccountService } from './account/account.service';
import type { Account } from './account/account.types';
import { DirectoryChangeService } from './directory/directory-change.service';
import type { DirectoryChangeRecord } from './directory/directory-change.types';
import { EmailChangeRepository } from './email-change.service';
import { MembershipService } from './membership/membership.service';
import type { MembershipProposal, MembershipRecord } from './membership/membership.types';
import { ProposalService } from './membership/proposal.service';
import { AccountImportService } from './imports/account-import.service';
import type { KeptImportLine } from './imports/account-import.types';
import type { InvitationWaveMemberEntity } from './waves/invitation-wave.entity';
import { InvitationWaveService } from './waves/invitation-wave.service';

declare module '@portillon/persistence' {
  interface PersonalRecords {
    account: Account;
    memberships: MembershipRecord[];
    proposals: MembershipProposal[];
    imports: KeptImportLine[];
    directoryChanges: DirectoryChangeRecord[];
    waves: InvitationWaveMemberEntity[];
  }
}

@Injectable()
export class AccountPersonalData implements PersonalDataSource {
  constructor(
    private readonly accounts: AccountService,
    private readonly memberships: MembershipService,
    private readonly proposals: ProposalService,
    private readonly imports: AccountImportService,
    private readonly emailChanges: EmailChangeRepository,
    private readonly directoryChanges: DirectoryChangeService,
    private readonly waves: InvitationWaveService,
  ) {}

  async export(subject: DataSubject): Promise<Partial<PersonalRecords>> {
    const account = (await this.accounts.get(subject.id))!;
    return {
      account,
      memberships: await this.memberships.findByAccount(subject.id),
      proposals: await this.proposals.findByIdentifiers(account),
      imports: await this.imports.linesOf(subject),
      directoryChanges: await this.directoryChanges.findByAccount(subject.id),
      waves: await this.waves.findByAccount(subject.id),
    };
  }

  /** The account itself has been pseudonymised before, by the statement that decides on the erasure. */
  async erase(subject: DataSubject, tx: EntityManager): Promise<void> {
    await this.emailChanges.deleteOf(subject.id, tx);
    await this.imports.forget(subject, tx);
    await this.waves.forget(subject.id, tx);
    await this.proposals.deleteByIdentifiers(subject, tx);
    await this.directoryChanges.deleteByAccount(subject.id, tx);
  }
}
