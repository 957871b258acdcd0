import { persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { AccountGuardEntity } from './administration/account-guard.entity';
import { AccountEntity } from './account/account.entity';
import { EmailChangeEntity } from './email-change/email-change.entity';
import { AccountImportLineEntity } from './imports/account-import-line.entity';
import { AccountImportEntity } from './imports/account-import.entity';
import { ListPreferenceEntity } from './lists/list-preference.entity';
import { CreateAccount1764000001001 } from './migrations/1764000001001-create-account';
import { HoldChangesForASecondAdministrator1764110003001 } from './migrations/1764110003001-hold-changes-for-a-second-administrator';
import { IndexWhatAdministratorsLookFor1764120005001 } from './migrations/1764120005001-index-what-administrators-look-for';
import { NoteUnreachableAddresses1764204000001 } from './migrations/1764204000001-note-unreachable-addresses';
import { ShareWorkstations1764300006001 } from './migrations/1764300006001-share-workstations';
import { CreateListPreference1764300005002 } from './migrations/1764300005002-create-list-preference';
import { GiveStructuresAFace1764300006002 } from './migrations/1764300006002-give-structures-a-face';
import { CreateLegalNotice1764300007001 } from './migrations/1764300007001-create-legal-notice';
import { NoteWhenAccountsClose1764400001001 } from './migrations/1764400001001-note-when-accounts-close';
import { VerifyIdentities1764420003001 } from './migrations/1764420003001-verify-identities';
import { RequireIdentities1764430006001 } from './migrations/1764430006001-require-identities';
import { FollowWhoLeavesFourEyes1764520000001 } from './migrations/1764520000001-follow-who-leaves-four-eyes';
import { NamePeople1764540000001 } from './migrations/1764540000001-name-people';
import { LegalNoticeEntity } from './operator/legal-notice.entity';
import { SetupConfirmationEntity } from './operator/setup-confirmation.entity';
import { PendingChangeEntity } from './pending-change/pending-change.entity';
import { AccountTermEntity } from './search/account-term.entity';
import { StructureLogoEntity } from './structures/face/structure-logo.entity';
import { StructureNetworkEntity } from './structures/structure-network.entity';
import { StructureEntity } from './structures/structure.entity';
import { INACTIVITY_OPTIONS } from './account.options';
import type { InactivityOptions } from './account.options';
import { AccountPersonalData } from './account.personal-data';
import { ClosedAccountService, NOTICE_MS } from './closed-account.service';
import { IMPORTS_KEPT_MS } from './imports/account-import.service';
import { FIRST_WARNING_MS, LAST_WARNING_MS } from './inactive-account.service';
import { WAIT_MS } from './pending-change/pending-change.service';
/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const accountPersistence: PersistencePart = persistencePart({
  tables: [
    table(StructureEntity, {
      purpose: 'An establishment, and what it asks of its people’s sign-ins.',
      kept: 'as long as the service',
      afterRestore: 'kept',
      columns: {
        id: 'internal',
        name: 'public',
        nameKey: 'internal',
        sortKey: 'internal',
        createdAt: 'internal',
        finess: 'public',
        siret: 'public',
        smsForbidden: 'internal',
        mailFirstTimeOnly: 'internal',
        codeWindowHours: 'internal',
        proSanteConnectFromAt: 'internal',
        strongMeansFromAt: 'internal',
        strongMeansReached: 'internal',
        totpIsStrong: 'internal',
        passkeyKind: 'internal',
        passkeyIdentity: 'internal',
        egressAddresses: 'internal',
        fourEyes: 'internal',
        sharedWorkstations: 'internal',
        displayName: 'public',
        logo: 'public',
        accent: 'public',
        identityRequiredFromAt: 'internal',
        version: 'internal',
      },
    }),
    table(StructureNetworkEntity, {
      purpose: 'The network addresses of a structure, to know whose pages to show.',
      kept: 'with the structure',
      afterRestore: 'kept',
      columns: {
        network: 'internal',
        structureId: 'internal',
      },
    }),
    table(StructureLogoEntity, {
      purpose: 'The logo of a structure.',
      kept: 'until it is replaced',
      afterRestore: 'kept',
      columns: {
        structureId: 'public',
        digest: 'public',
        svg: 'public',
      },
    }),
    table(AccountEntity, {
      purpose: 'Who may sign in, under which name, with which rights, and where their codes go.',
      kept: 'until the person’s erasure, which leaves a pseudonym; an account that was not used for {unused} is blocked, and one that has been closed or blocked for {closed} is erased (`ACCOUNT_RETENTION_MONTHS`)',
      durations: {
        unused: (app) => app.get<InactivityOptions>(INACTIVITY_OPTIONS).blockedAfterMs,
        closed: (app) => app.get(ClosedAccountService).keptMs,
        first: FIRST_WARNING_MS,
        last: LAST_WARNING_MS,
        notice: NOTICE_MS,
      },
      stated: { 'unused-accounts': 'unused', 'closed-accounts': 'closed' },
      legalBasis: 'GDPR 5(1)(c) and (e), 17',
      afterRestore: 'kept',
      columns: {
        id: personal('account.username'),
        username: personal('account.username'),
        usernameKey: personal('account.username', 'The name as it is compared.'),
        email: personal('account.email'),
        emailKey: personal('account.email', 'The address as it is compared.'),
        displayName: personal('account.name'),
        displayNameKey: personal('account.name', 'The name as it is sorted.'),
        givenName: personal('account.name'),
        familyName: personal('account.name'),
        locale: personal('account.language'),
        status: personal('account.accountState'),
        roles: personal('account.role'),
        structureId: personal('account.structure'),
        phoneSealed: secret('phone.phone', 'The mobile number, for codes; personal too.'),
        phoneVerifiedAt: personal('phone.phone'),
        codeChannel: personal('phone.codeChannel'),
        nationalId: personal(
          'account.nationalId',
          'National id of the person (RPPS), as a card or Pro Santé Connect gives it.',
        ),
        externalId: personal('account.username'),
        passwordDigest: secret('password.passwordDigest', 'Argon2id.'),
        passwordChangedAt: personal('password.passwordDigest'),
        lastSignedInAt: personal('account.accountState'),
        createdAt: personal('account.accountState'),
        version: 'internal',
        changedAt: personal('account.accountState'),
        removedAt: personal(
          'account.accountState',
          'When the structure’s directory deleted the account (SCIM), which closes it.',
        ),
        national: personal('account.role'),
        emergencyMeans: personal('account.accountState'),
        emergencyUntilAt: personal('account.accountState'),
        erasureRequestedAt: personal('account.accountState'),
        closedAt: personal('account.accountState'),
        erasureDueAt: personal('account.accountState'),
        invitedUntilAt: personal('account.accountState'),
        strongMeansPromptedAt: personal('account.accountState'),
        absenceDueAt: personal('account.accountState'),
        absenceStage: personal('account.accountState'),
        administrationChangedAt: personal('account.accountState'),
        accessChangedAt: personal('account.accountState'),
        fourEyesLeftAt: personal('account.accountState'),
        emailUnreachableAt: personal('account.email'),
        identityMethod: personal(
          'account.identityProof',
          'How the identity was verified last, by Pro Santé Connect, card or face to face.',
        ),
        identityVerifiedAt: personal('account.identityProof'),
        identityVerifiedBy: personal(
          'account.identityProof',
          'The administrator who recognised the person face to face.',
        ),
        directoryState: personal('account.directory', 'Whether the Annuaire Santé knows the national id.'),
        directoryLookedUpAt: personal('account.directory'),
        directoryDueAt: personal('account.directory'),
      },
    }),
    table(AccountTermEntity, {
      purpose: 'The beginnings of names by which administrators find an account.',
      kept: 'with the account',
      afterRestore: 'kept',
      columns: {
        accountId: personal('account.searchTerms'),
        term: personal('account.searchTerms'),
        structureId: personal('account.searchTerms'),
      },
    }),
    table(AccountGuardEntity, {
      purpose: 'Keeps two acts at once from leaving the service without an administrator.',
      kept: 'for good; one row for each rule',
      afterRestore: 'kept',
      columns: {
        rule: 'internal',
        writes: 'internal',
      },
    }),
    table(AccountImportEntity, {
      purpose: 'A file of accounts, and how far it has come.',
      kept: '{after} after its last change',
      durations: { after: IMPORTS_KEPT_MS },
      stated: { imports: 'after' },
      afterRestore: 'emptied',
      columns: {
        id: 'internal',
        state: 'internal',
        mode: 'internal',
        whenInterrupted: 'internal',
        dryRun: 'internal',
        actorId: personal('imports.importedBy', 'The administrator. Null: the command line.'),
        structureId: 'internal',
        total: 'internal',
        leaseId: 'internal',
        leaseUntilAt: 'internal',
        createdAt: 'internal',
        changedAt: 'internal',
      },
    }),
    table(AccountImportLineEntity, {
      purpose: 'One line of a file of accounts, to know what became of it.',
      kept: 'with its file; what concerns a person who is erased goes at once',
      afterRestore: 'emptied',
      columns: {
        importId: 'internal',
        line: 'internal',
        state: 'internal',
        usernameKey: personal('imports.importedLine'),
        nationalId: personal('imports.importedLine'),
        content: personal('imports.importedLine'),
        problems: personal('imports.importedLine'),
        accountId: personal('imports.importedLine'),
      },
    }),
    table(EmailChangeEntity, {
      purpose: 'A mail address that a person wants and has not proved yet.',
      kept: 'until it is proved, or the life of its code is over',
      afterRestore: 'emptied',
      columns: {
        proofId: 'internal',
        accountId: personal('changes.newEmail'),
        email: personal('changes.newEmail'),
        expiresAt: 'internal',
      },
    }),
    table(ListPreferenceEntity, {
      purpose: 'How a person likes to see a list.',
      kept: 'with the account',
      afterRestore: 'kept',
      columns: {
        accountId: personal('account.listPreference'),
        list: personal('account.listPreference'),
        preference: personal('account.listPreference'),
      },
    }),
    table(PendingChangeEntity, {
      purpose: 'What an administrator wants for an account, before it takes effect.',
      kept: 'until it is decided, {wait} at most',
      durations: { wait: WAIT_MS },
      afterRestore: 'emptied',
      columns: {
        id: 'internal',
        accountId: personal('changes.askedChange'),
        kind: personal('changes.askedChange'),
        value: personal(
          'changes.askedChange',
          'The new address, identity or roles, or when and why an erasure was asked for.',
        ),
        requestedBy: personal('changes.askedChange'),
        requestedAt: personal('changes.askedChange'),
        effectiveAt: 'internal',
      },
    }),
    table(LegalNoticeEntity, {
      purpose: 'What the law has the operator publish; the names in it are there to be published.',
      kept: 'until it is changed; one row',
      afterRestore: 'kept',
      columns: {
        id: 'internal',
        publisherName: 'public',
        publisherAddress: 'public',
        publisherPhone: 'public',
        publicationDirector: 'public',
        hostName: 'public',
        hostAddress: 'public',
        hostPhone: 'public',
        hostCertification: 'public',
        dataProtectionEmail: 'public',
        accessibilityState: 'public',
        accessibilityAuditedOn: 'public',
        accessibilityAuditor: 'public',
        accessibilityEmail: 'public',
        updatedAt: 'public',
        version: 'internal',
      },
    }),
    table(SetupConfirmationEntity, {
      purpose: 'Steps of the first hour that an administrator confirmed.',
      kept: 'as long as the service',
      afterRestore: 'kept',
      columns: {
        step: 'internal',
        confirmedAt: 'internal',
        keyIds: 'internal',
      },
    }),
  ],
  migrations: [
    CreateAccount1764000001001,
    HoldChangesForASecondAdministrator1764110003001,
    IndexWhatAdministratorsLookFor1764120005001,
    NoteUnreachableAddresses1764204000001,
    CreateListPreference1764300005002,
    ShareWorkstations1764300006001,
    GiveStructuresAFace1764300006002,
    CreateLegalNotice1764300007001,
    NoteWhenAccountsClose1764400001001,
    VerifyIdentities1764420003001,
    RequireIdentities1764430006001,
    FollowWhoLeavesFourEyes1764520000001,
    NamePeople1764540000001,
  ],
  keyed: [{ entity: AccountEntity, property: 'phoneSealed', what: 'mobile numbers' }],
  personalData: AccountPersonalData,
});
