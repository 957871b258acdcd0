import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `openidArtifact`: codes, tokens, grants, interactions, pushed requests. */
@Entity('openidArtifact')
@Index('openidArtifactOfGrant', ['grantId'])
@Index('openidArtifactByExpiry', ['expiresAt'])
export class OpenidArtifactEntity {
  /** The kind, as `oidc-provider` names it. */
  @PrimaryColumn({ type: 'varchar', length: 32 })
  model!: string;

  /** SHA-256 of its id, hexadecimal: the id is the code or token itself. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  idDigest!: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  grantId!: string | null;

  /** JSON, with a placeholder wherever the artifact's id was. */
  @Column({ type: 'text' })
  payload!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  consumedAt!: Date | null;
}
