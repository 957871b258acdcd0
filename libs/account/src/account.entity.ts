import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `account`; the domain's own shape of it is `Account`. */
@Entity('account')
@Index('accountUsernameKey', ['usernameKey'], { unique: true })
@Index('accountNationalId', ['nationalId'], { unique: true })
@Index('accountEmailKey', ['emailKey', 'id'])
@Index('accountDisplayNameKey', ['displayNameKey', 'id'])
@Index('accountStructureName', ['structureId', 'displayNameKey', 'id'])
@Index('accountStructureStatus', ['structureId', 'status', 'displayNameKey', 'id'])
@Index('accountStatusName', ['status', 'displayNameKey', 'id'])
@Index('accountNational', ['national', 'status', 'id'])
@Index('accountAbsenceDue', ['absenceDueAt', 'id'])
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

  @Column({ type: 'varchar', length: 2 })
  locale!: string;

  @Column({ type: 'varchar', length: 12 })
  status!: string;

  /** Names separated by a space. */
  @Column({ type: 'varchar', length: 255 })
  roles!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  structureId!: string | null;

  /** Readable with the deployment's key only, different each time: nothing can be searched by it. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  phoneSealed!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  phoneVerifiedAt!: Date | null;

  @Column({ type: 'varchar', length: 5 })
  codeChannel!: string;

  @Column({ type: 'varchar', length: 32, nullable: true })
  nationalId!: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  passwordDigest!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  passwordChangedAt!: Date | null;

  /** When the person last proved who they are. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  lastSignedInAt!: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'int' })
  version!: number;

  /** 1 for a national administrator: the last one must stay, and each is told of an emergency access. */
  @Column({ type: 'int', default: 0 })
  national!: number;

  /** The one means that is open until `emergencyUntilAt`, whatever the structure asks. */
  @Column({ type: 'varchar', length: 20, nullable: true })
  emergencyMeans!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  emergencyUntilAt!: Date | null;

  /** When the person asked to be erased; an administrator confirms. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  erasureRequestedAt!: Date | null;

  /** When it is to be looked at whether somebody still uses the account; null while nobody ever looked. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  absenceDueAt!: Date | null;

  /** How often the person was told that the account will be blocked for want of use. */
  @Column({ type: 'int', default: 0 })
  absenceStage!: number;
}
