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

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const accountPersistence: PersistencePart = {
  entities: [
    StructureEntity,
    StructureNetworkEntity,
    StructureLogoEntity,
    AccountEntity,
    AccountTermEntity,
    AccountGuardEntity,
    AccountImportEntity,
    AccountImportLineEntity,
    EmailChangeEntity,
    ListPreferenceEntity,
    PendingChangeEntity,
    LegalNoticeEntity,
    SetupConfirmationEntity,
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
  afterRestore: {
    emptied: [AccountImportEntity, AccountImportLineEntity, EmailChangeEntity, PendingChangeEntity],
    kept: [
      StructureEntity,
      StructureNetworkEntity,
      StructureLogoEntity,
      AccountEntity,
      AccountTermEntity,
      AccountGuardEntity,
      ListPreferenceEntity,
      LegalNoticeEntity,
      SetupConfirmationEntity,
    ],
  },
};
