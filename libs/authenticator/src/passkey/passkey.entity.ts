import { flag, stringList } from '@portillon/persistence';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { IdentityProof, Passkey, PasskeyKind } from './passkey.types';

/** An authenticator counts to 2^32, more than a signed integer holds. */
const whole = { to: (value: number) => value, from: Number };

/** The table `passkey`. */
@Entity('passkey')
@Index('passkeyOfAccount', ['accountId', 'endedAt'])
@Index('passkeyByDigest', ['credentialDigest'], { unique: true })
@Index('passkeyByEnd', ['endedAt'])
export class PasskeyEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  /** SHA-256 of the credential id, which is too long for an index (up to 1,023 bytes). */
  @Column({ type: 'varchar', length: 64 })
  credentialDigest!: string;

  /** Base64url. */
  @Column({ type: 'text' })
  credentialId!: string;

  /** COSE, base64url. */
  @Column({ type: 'text' })
  publicKey!: string;

  @Column({ type: 'bigint', transformer: whole })
  signCount!: number;

  /** Transports that the authenticator states: `usb`, `hybrid`, `internal`. */
  @Column({ type: 'varchar', length: 255, transformer: stringList })
  transports!: string[];

  /** Model that the authenticator states; zeros if none. */
  @Column({ type: 'varchar', length: 36 })
  aaguid!: string;

  @Column({ type: 'varchar', length: 8 })
  kind!: PasskeyKind;

  @Column({ type: 'int', transformer: flag })
  backedUp!: boolean;

  /** The relying party of the passkey; it answers no other. */
  @Column({ type: 'varchar', length: 255 })
  rpId!: string;

  @Column({ type: 'varchar', length: 64 })
  name!: string;

  @Column({ type: 'varchar', length: 32, nullable: true })
  identityProof!: IdentityProof | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  identityProvedAt!: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  lastUsedAt!: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt!: Date | null;
}

/** Returns the public data of a passkey, without its key and its credential. */
export function toPasskey(row: PasskeyEntity): Passkey {
  const { id, accountId, name, kind, identityProof, identityProvedAt, createdAt, lastUsedAt } = row;
  return { id, accountId, name, kind, identityProof, identityProvedAt, createdAt, lastUsedAt };
}
