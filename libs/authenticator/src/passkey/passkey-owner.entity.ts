import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `passkeyOwner`: the opaque handle by which authenticators know a person. */
@Entity('passkeyOwner')
@Index('passkeyOwnerByHandle', ['handle'], { unique: true })
export class PasskeyOwnerEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  /** The user handle of WebAuthn: 32 random bytes, base64url. */
  @Column({ type: 'varchar', length: 43 })
  handle!: string;

  /** Number of enrolments; every enrolment writes it, so that concurrent ones conflict. */
  @Column({ type: 'int' })
  enrolments!: number;
}
