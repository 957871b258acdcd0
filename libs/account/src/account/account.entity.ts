import type { Channel, Locale } from '@portillon/kernel';
import { flag, stringList } from '@portillon/persistence';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { StructureEntity } from '@portillon/structure';
import type { MembershipEntity } from '../membership/membership.entity';
import type { AccountStatus, EmergencyMeans } from './account.types';
import type { DirectoryState, IdentityMethod } from '../identity/identity.policy';

/** The table `account`; the domain's type is `Account`. */
@Entity('account')
@Index('accountUsernameKey', ['usernameKey'], { unique: true })
@Index('accountNationalId', ['nationalId'], { unique: true })
@Index('accountEmailKey', ['emailKey', 'id'])
@Index('accountDisplayNameKey', ['displayNameKey', 'id'])
@Index('accountStructureName', ['structureId', 'displayNameKey', 'id'])
@Index('accountStructureStatus', ['structureId', 'status', 'displayNameKey', 'id'])
@Index('accountStatusName', ['status', 'displayNameKey', 'id'])
@Index('accountLastSignedIn', ['lastSignedInAt', 'id'])
@Index('accountStatusLastSignedIn', ['status', 'lastSignedInAt', 'id'])
@Index('accountCreated', ['createdAt', 'id'])
@Index('accountNational', ['national', 'status', 'id'])
@Index('accountExternalId', ['externalId', 'id'])
@Index('accountAbsenceDue', ['absenceDueAt', 'id'])
@Index('accountEmergency', ['emergencyUntilAt', 'id'])
@Index('accountErasureRequested', ['erasureRequestedAt', 'id'])
@Index('accountClosed', ['closedAt', 'id'])
@Index('accountReported', ['reportedEventAt', 'id'])
@Index('accountErasureDue', ['erasureDueAt', 'id'])
@Index('accountIdentityVerified', ['identityVerifiedAt', 'id'])
@Index('accountDirectoryState', ['directoryState', 'id'])
@Index('accountPasswordMoved', ['passwordMovedAt', 'id'])
@Index('accountPasswordMoveDue', ['passwordMoveDueAt', 'id'])
@Index('accountDirectoryDue', ['directoryDueAt', 'nationalId'])
export class AccountEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  username!: string;

  @Column({ type: 'varchar', length: 192 })
  usernameKey!: string;

  @Column({ type: 'varchar', length: 254 })
  email!: string;

  @Column({ type: 'varchar', length: 254 })
  emailKey!: string;

  @Column({ type: 'varchar', length: 200 })
  displayName!: string;

  @Column({ type: 'varchar', length: 600 })
  displayNameKey!: string;

  @Column({ type: 'varchar', length: 99, nullable: true })
  givenName!: string | null;

  @Column({ type: 'varchar', length: 99, nullable: true })
  familyName!: string | null;

  @Column({ type: 'varchar', length: 2 })
  locale!: Locale;

  @Column({ type: 'varchar', length: 12 })
  status!: AccountStatus;

  @Column({ type: 'varchar', length: 255, transformer: stringList })
  roles!: readonly string[];

  @Column({ type: 'varchar', length: 36, nullable: true })
  structureId!: string | null;

  /** No foreign key: an account may name a structure that does not exist here. */
  @ManyToOne(() => StructureEntity, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'structureId' })
  structure?: StructureEntity | null;

  /** The structure in use that the person chose last, of several. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  lastStructureId!: string | null;

  /** Those without an end, joined by {@link AccountRepository}. */
  memberships?: MembershipEntity[];

  /** Encrypted with a random nonce, so that it cannot be searched. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  phoneSealed!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  phoneVerifiedAt!: Date | null;

  @Column({ type: 'varchar', length: 5 })
  codeChannel!: Channel;

  @Column({ type: 'varchar', length: 32, nullable: true })
  nationalId!: string | null;

  /** Id of the person in the structure's own directory (SCIM). */
  @Column({ type: 'varchar', length: 255, nullable: true })
  externalId!: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  passwordDigest!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  passwordChangedAt!: Date | null;

  /** When its digest moved in from another product; null: it did not, or was replaced since. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  passwordMovedAt!: Date | null;

  /** Number of warnings that a password which moved in ends. */
  @Column({ type: 'int', default: 0 })
  passwordMoveStage!: number;

  /** When the holder of a password that moved in is next warned, or it ends; null until the first warning. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  passwordMoveDueAt!: Date | null;

  /** Time of the last sign-in. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  lastSignedInAt!: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'int' })
  version!: number;

  /** When `version` last changed; null: not since this is recorded. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  changedAt!: Date | null;

  /** When its directory deleted it; null: it did not, or the account was reopened since. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  removedAt!: Date | null;

  /** Whether `roles` contains the national administrator, as a column with an index. */
  @Column({ type: 'int', default: 0, transformer: flag })
  national!: boolean;

  /** The means that is open until `emergencyUntilAt`, whatever the structure requires. */
  @Column({ type: 'varchar', length: 20, nullable: true })
  emergencyMeans!: EmergencyMeans | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  emergencyUntilAt!: Date | null;

  /** When the person requested erasure; an administrator confirms it. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  erasureRequestedAt!: Date | null;

  /** When it was closed; null while it is open or erased, or if it was closed before this was recorded. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  closedAt!: Date | null;

  /** When a closed account is erased, as announced to its holder; null while not scheduled. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  erasureDueAt!: Date | null;

  /** Expiry of the latest invitation; null while there was none. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  invitedUntilAt!: Date | null;

  /** When the person was last asked to add a strong means. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  strongMeansPromptedAt!: Date | null;

  /** When the account is next checked for use; null until the first check. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  absenceDueAt!: Date | null;

  /** Number of warnings sent before the account is blocked for lack of use. */
  @Column({ type: 'int', default: 0 })
  absenceStage!: number;

  /** When a privileged role was last granted or removed; null: not since this is recorded. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  administrationChangedAt!: Date | null;

  /** When an administrator, or a report of the holder, last changed the address, the identity or a factor. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  accessChangedAt!: Date | null;

  /** When it last left a structure with `fourEyes`, whose rule applies for another day. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  fourEyesLeftAt!: Date | null;

  /** Since when mails to `email` bounce; null: none did, or one arrived since. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  emailUnreachableAt!: Date | null;

  /** How the person's identity was last verified; null: never. */
  @Column({ type: 'varchar', length: 20, nullable: true })
  identityMethod!: IdentityMethod | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  identityVerifiedAt!: Date | null;

  /** The administrator who verified the person's identity face to face. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  identityVerifiedBy!: string | null;

  /** The national directory's last answer about the national id; null: none. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  directoryState!: DirectoryState | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  directoryLookedUpAt!: Date | null;

  /** When the directory is asked again; null: as soon as there is a national id. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  directoryDueAt!: Date | null;

  /** When the event took place that the holder reported as not theirs; null: no open report. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  reportedEventAt!: Date | null;

  /**
   * Of a report that a former release opened: the address that alone receives links to a new password. A report now takes
   * back the address of the account.
   */
  @Column({ type: 'varchar', length: 254, nullable: true })
  reportMailbox!: string | null;
}
