import { flag, stringList } from '@portillon/persistence';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type {
  ApplicationKind,
  ApplicationSettings,
  ApplicationStatus,
  AuthMethod,
  ClaimsShape,
  IdTokenAlg,
  PkceRule,
  PublicJwks,
} from './application.types';

/** The table `application`. */
@Entity('application')
@Index('applicationName', ['nameKey', 'id'])
@Index('applicationOfStructure', ['structureId', 'nameKey', 'id'])
export class ApplicationEntity implements ApplicationSettings {
  /** Also the `client_id`. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 8 })
  kind!: ApplicationKind;

  /** Null: for the whole service. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  structureId!: string | null;

  @Column({ type: 'varchar', length: 200 })
  name!: string;

  @Column({ type: 'varchar', length: 600 })
  nameKey!: string;

  @Column({ type: 'simple-json' })
  redirectUris!: string[];

  @Column({ type: 'simple-json' })
  postLogoutRedirectUris!: string[];

  @Column({ type: 'varchar', length: 1000, nullable: true })
  initiateLoginUri!: string | null;

  @Column({ type: 'varchar', length: 1000, nullable: true })
  backchannelLogoutUri!: string | null;

  @Column({ type: 'varchar', length: 1000, nullable: true })
  homeUri!: string | null;

  @Column({ type: 'varchar', length: 24 })
  authMethod!: AuthMethod;

  @Column({ type: 'varchar', length: 8, default: 'required' })
  pkce!: PkceRule;

  @Column({ type: 'simple-json', nullable: true })
  jwks!: PublicJwks | null;

  @Column({ type: 'varchar', length: 1000, nullable: true })
  jwksUri!: string | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  tlsSubjectDn!: string | null;

  @Column({ type: 'varchar', length: 500, transformer: stringList })
  scopes!: string[];

  @Column({ type: 'simple-json' })
  audienceRoles!: string[];

  @Column({ type: 'simple-json' })
  audienceStructures!: string[];

  @Column({ type: 'simple-json' })
  audienceProfessions!: string[];

  @Column({ type: 'varchar', length: 16, nullable: true })
  minAcr!: string | null;

  @Column({ type: 'int', nullable: true })
  maxAgeSeconds!: number | null;

  @Column({ type: 'int', transformer: flag })
  confirmIdentity!: boolean;

  @Column({ type: 'int', transformer: flag })
  trusted!: boolean;

  @Column({ type: 'varchar', length: 8 })
  claimsShape!: ClaimsShape;

  @Column({ type: 'varchar', length: 5, default: 'RS256' })
  idTokenAlg!: IdTokenAlg;

  @Column({ type: 'int', transformer: flag })
  claimNames!: boolean;

  @Column({ type: 'int', transformer: flag })
  claimMail!: boolean;

  @Column({ type: 'int', transformer: flag })
  claimGroups!: boolean;

  @Column({ type: 'simple-json' })
  resources!: string[];

  /** These two have defaults for servers of the previous release. */
  @Column({ type: 'int', default: 1, transformer: flag })
  offlineAccess!: boolean;

  @Column({ type: 'int', default: 1, transformer: flag })
  gateAssertion!: boolean;

  @Column({ type: 'varchar', length: 8 })
  status!: ApplicationStatus;

  /** When the gate answered the first request for it; null: none yet, or it is not behind the gate. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  firstSeenAt!: Date | null;

  /** Address of the proxy of the first request. While `firstSeenAt` is null: of an untrusted proxy. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  seenFrom!: string | null;

  /** Incremented by every change. */
  @Column({ type: 'int' })
  version!: number;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt!: Date;
}
