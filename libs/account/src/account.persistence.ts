import { internal, persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { structureTables } from '@portillon/structure';
import { AccountGuardEntity } from './administration/account-guard.repository';
import { AccountEntity } from './account/account.entity';
import { EmailChangeEntity } from './email-change.service';
import { AccountImportLineEntity, AccountImportEntity } from './imports/account-import.entity';
import { CreateAccount1764000001001 } from './migrations/1764000001001-create-account';
import { HoldChangesForASecondAdministrator1764110003001 } from './migrations/1764110003001-hold-changes-for-a-second-administrator';
import { IndexWhatAdministratorsLookFor1764120005001 } from './migrations/1764120005001-index-what-administrators-look-for';
import { NoteUnreachableAddresses1764204000001 } from './migrations/1764204000001-note-unreachable-addresses';
import { ShareWorkstations1764300006001 } from './migrations/1764300006001-share-workstations';
import { GiveStructuresAFace1764300006002 } from './migrations/1764300006002-give-structures-a-face';
import { NoteWhenAccountsClose1764400001001 } from './migrations/1764400001001-note-when-accounts-close';
import { VerifyIdentities1764420003001 } from './migrations/1764420003001-verify-identities';
import { RequireIdentities1764430006001 } from './migrations/1764430006001-require-identities';
import { FollowWhoLeavesFourEyes1764520000001 } from './migrations/1764520000001-follow-who-leaves-four-eyes';
import { NamePeople1764540000001 } from './migrations/1764540000001-name-people';
import { ReportEventsOfAnAccount1764600000002 } from './migrations/1764600000002-report-events-of-an-account';
import { GroupStructures1764710000001 } from './migrations/1764710000001-group-structures';
import { AddMemberships1764710000002 } from './migrations/1764710000002-add-memberships';
import { AddressStructures1764730004001 } from './migrations/1764730004001-address-structures';
import { MovePasswordsIn1764730000001 } from './migrations/1764730000001-move-passwords-in';
import { ProposeMemberships1764720000001 } from './migrations/1764720000001-propose-memberships';
import { FollowTheDirectory1764730003001 } from './migrations/1764730003001-follow-the-directory';
import { DirectoryChangeEntity } from './directory/directory-change.repository';
import { DECIDED_KEPT_MS } from './directory/directory-change.service';
import { DirectoryFeedEntity } from './directory/directory-pass.service';
import { InviteInWaves1764730002001 } from './migrations/1764730002001-invite-in-waves';
import { MembershipEntity } from './membership/membership.entity';
import { MembershipProposalEntity } from './membership/proposal.repository';
import { PROPOSAL_MS } from './membership/proposal.service';
import { PendingChangeEntity } from './pending-change/pending-change.repository';
import { AccountTermEntity } from './search/account-term.repository';
import { INACTIVITY_OPTIONS } from './account.options';
import type { InactivityOptions } from './account.options';
import { AccountPersonalData } from './account.personal-data';
import {
  AccountRetentionService,
  NOTICE_MS,
  FIRST_WARNING_MS,
  LAST_WARNING_MS,
} from './retention/account-retention.service';
import { IMPORTS_KEPT_MS } from './imports/account-import.service';
import { InvitationWaveEntity, InvitationWaveMemberEntity } from './waves/invitation-wave.entity';
import { WAVES_KEPT_MS } from './waves/invitation-wave.service';
import { AGREE_MS, WAIT_MS } from './pending-change/pending-change.service';

/** The tables of accounts and of structures, which landed migrations created together, for `PersistenceModule.forRoot({ parts })`. */
export const accountPersistence: PersistencePart = persistencePart({
  tables: [
    ...structureTables,
    table(AccountEntity, {
      purpose: 'Who may sign in, under which name, with which rights, and where their codes go.',
      kept: 'until the person’s erasure, which leaves a pseudonym; an account that was not used for {unused} is blocked, and one that has been closed or blocked for {closed} is erased (`ACCOUNT_RETENTION_MONTHS`)',
      durations: {
        unused: (app) => app.get<InactivityOptions>(INACTIVITY_OPTIONS).blockedAfterMs,
        closed: (app) => app.get(AccountRetentionService).keptMs,
        first: FIRST_WARNING_MS,
        last: LAST_WARNING_MS,
        notice: NOTICE_MS,
      },
      stated: { 'unused-accounts': 'unused', 'closed-accounts': 'closed' },
      legalBasis: 'GDPR 5(1)(c) and (e), 17',
      afterRestore: 'kept',
      columns: [
        internal('version'),
        personal('account.username', 'id username usernameKey externalId'),
        personal('account.email', 'email emailKey emailUnreachableAt reportMailbox'),
        personal('account.name', 'displayName displayNameKey givenName familyName'),
        personal('account.language', 'locale'),
        personal('account.accountState', 'status lastSignedInAt createdAt changedAt removedAt'),
        personal('account.accountState', 'emergencyMeans emergencyUntilAt erasureRequestedAt closedAt'),
        personal('account.accountState', 'erasureDueAt invitedUntilAt strongMeansPromptedAt absenceDueAt'),
        personal('account.accountState', 'absenceStage administrationChangedAt accessChangedAt'),
        personal('account.accountState', 'fourEyesLeftAt reportedEventAt'),
        personal('account.role', 'roles national'),
        personal('account.structure', 'structureId lastStructureId'),
        personal('phone.phone', 'phoneVerifiedAt'),
        personal('phone.codeChannel', 'codeChannel'),
        personal('account.nationalId', 'nationalId'),
        personal('password.passwordDigest', 'passwordChangedAt passwordMovedAt'),
        personal('password.passwordDigest', 'passwordMoveStage passwordMoveDueAt'),
        personal('account.identityProof', 'identityMethod identityVerifiedAt identityVerifiedBy'),
        personal('account.directory', 'directoryState directoryLookedUpAt directoryDueAt'),
        secret('phone.phone', 'phoneSealed'),
        secret('password.passwordDigest', 'passwordDigest'),
      ],
    }),
    table(MembershipEntity, {
      purpose: 'The structures in which a person works, with their roles there.',
      kept: 'with the account',
      legalBasis: 'GDPR 6(1)(e)',
      afterRestore: 'kept',
      columns: [
        personal('account.membership', 'accountId structureId roles function source externalId'),
        personal('account.membership', 'sinceAt untilAt endedAt'),
        internal('version'),
      ],
    }),
    table(MembershipProposalEntity, {
      purpose: 'The structures that want to count a person among theirs, until that person has answered.',
      kept: '{agree} after the proposal',
      durations: { agree: PROPOSAL_MS },
      legalBasis: 'GDPR 6(1)(e)',
      afterRestore: 'emptied',
      columns: [
        internal('id mailedAt closedAt expiresAt'),
        personal('changes.proposedMembership', 'structureId identifierKind identifier roles function source'),
        personal('changes.proposedMembership', 'externalId untilAt proposedBy proposedAt refusedAt'),
        secret('changes.proposedMembership', 'secretDigest'),
      ],
    }),
    table(AccountTermEntity, {
      purpose: 'The beginnings of names by which administrators find an account.',
      kept: 'with the account',
      afterRestore: 'kept',
      columns: [personal('account.searchTerms', 'accountId term structureId')],
    }),
    table(AccountGuardEntity, {
      purpose: 'Keeps two acts at once from leaving the service without an administrator.',
      kept: 'for good; one row for each rule',
      afterRestore: 'kept',
      columns: [internal('rule writes')],
    }),
    table(AccountImportEntity, {
      purpose: 'A file of accounts, and how far it has come.',
      kept: '{after} after its last change',
      durations: { after: IMPORTS_KEPT_MS },
      stated: { imports: 'after' },
      afterRestore: 'emptied',
      afterLoss: 'kept',
      columns: [
        internal('id state mode whenInterrupted dryRun structureId total leaseId leaseUntilAt createdAt'),
        internal('changedAt'),
        personal('imports.importedBy', 'actorId'),
      ],
    }),
    table(AccountImportLineEntity, {
      purpose: 'One line of a file of accounts, to know what became of it.',
      kept: 'with its file; what concerns a person who is erased goes at once',
      afterRestore: 'emptied',
      afterLoss: 'kept',
      columns: [
        internal('importId line state'),
        personal('imports.importedLine', 'usernameKey nationalId content problems accountId'),
      ],
    }),
    table(InvitationWaveEntity, {
      purpose: 'Invitations that leave over days, at a pace.',
      kept: '{waves} after its end',
      durations: { waves: WAVES_KEPT_MS },
      afterRestore: 'emptied',
      afterLoss: 'kept',
      columns: [
        internal('id name createdAt startsOn perHour structuresPerDay untilAt state pausedReason nextAt'),
        internal('countedFromAt remindersAt endedAt'),
        personal('imports.waveBy', 'createdBy'),
      ],
    }),
    table(InvitationWaveMemberEntity, {
      purpose: 'A person of a wave of invitations, to invite them once and to know whether they answered.',
      kept: 'with its wave; that of a person who is erased goes at once',
      afterRestore: 'emptied',
      afterLoss: 'kept',
      columns: [
        internal('waveId dueOn'),
        personal('imports.waveMember', 'accountId structureId invitedAt remindedAt openedAt'),
      ],
    }),
    table(EmailChangeEntity, {
      purpose: 'A mail address that a person wants and has not proved yet.',
      kept: 'until it is proved, or the life of its code is over',
      afterRestore: 'emptied',
      columns: [internal('proofId expiresAt'), personal('changes.newEmail', 'accountId email')],
    }),
    table(PendingChangeEntity, {
      purpose: 'What an administrator wants for an account, before it takes effect.',
      kept: 'until it is decided, {wait} at most; another managing structure, {agree} at most',
      durations: { wait: WAIT_MS, agree: AGREE_MS },
      afterRestore: 'emptied',
      columns: [
        internal('id effectiveAt'),
        personal('changes.askedChange', 'accountId kind value requestedBy requestedAt'),
      ],
    }),
    table(DirectoryChangeEntity, {
      purpose: 'What the national directory shows otherwise, for an administrator to decide.',
      kept: 'while the directory shows it; {decided} after the decision',
      durations: { decided: DECIDED_KEPT_MS },
      legalBasis: 'GDPR 5(1)(d)',
      afterRestore: 'kept',
      columns: [
        internal('id changeKey'),
        personal('changes.directoryChange', 'accountId structureId kind details foundAt'),
        personal('changes.directoryChange', 'decidedAt decidedBy decision reason'),
      ],
    }),
    table(DirectoryFeedEntity, {
      purpose: 'Where the nightly reading of the national directory stopped.',
      kept: 'for good; one row',
      afterRestore: 'kept',
      columns: [internal('id stage afterId startedAt sinceAt leaseId leaseUntilAt waitUntilAt failures')],
    }),
  ],
  migrations: [
    CreateAccount1764000001001,
    HoldChangesForASecondAdministrator1764110003001,
    IndexWhatAdministratorsLookFor1764120005001,
    NoteUnreachableAddresses1764204000001,
    ShareWorkstations1764300006001,
    GiveStructuresAFace1764300006002,
    NoteWhenAccountsClose1764400001001,
    VerifyIdentities1764420003001,
    RequireIdentities1764430006001,
    FollowWhoLeavesFourEyes1764520000001,
    NamePeople1764540000001,
    ReportEventsOfAnAccount1764600000002,
    GroupStructures1764710000001,
    AddMemberships1764710000002,
    ProposeMemberships1764720000001,
    MovePasswordsIn1764730000001,
    InviteInWaves1764730002001,
    FollowTheDirectory1764730003001,
    AddressStructures1764730004001,
  ],
  keyed: [{ entity: AccountEntity, property: 'phoneSealed', what: 'mobile numbers' }],
  personalData: AccountPersonalData,
});
