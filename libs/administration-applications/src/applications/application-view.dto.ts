import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant, NullableText } from '@portillon/http';
import {
  ACR_LEVELS,
  APPLICATION_KINDS,
  APPLICATION_STATUSES,
  AUTH_METHODS,
  CLAIMS_SHAPES,
  ID_TOKEN_ALGS,
  PKCE_RULES,
} from '@portillon/application';
import type {
  ApplicationKind,
  ApplicationStatus,
  AuthMethod,
  ClaimsShape,
  IdTokenAlg,
  PkceRule,
  PublicJwks,
} from '@portillon/application';
import { SessionStructure } from '@portillon/access';

/** One line of the list. */
export class AdminApplicationItem {
  @ApiProperty({ description: 'It is the `client_id` too.' })
  id!: string;

  @ApiProperty({ example: 'Orientation' })
  name!: string;

  @ApiProperty({ enum: APPLICATION_KINDS, enumName: 'ApplicationKind' })
  kind!: ApplicationKind;

  @ApiProperty({ enum: APPLICATION_STATUSES, enumName: 'ApplicationStatus' })
  status!: ApplicationStatus;

  @ApiProperty({ type: SessionStructure, nullable: true, description: 'Null: the whole service.' })
  structure!: SessionStructure | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ description: 'The version, which a change sends in `If-Match`.' })
  version!: number;
}

/** With who came lately: counted when the journal is sealed, so a minute late at most. */
export class AdminApplicationLine extends AdminApplicationItem {
  @ApiProperty({ description: 'The number of sessions that opened it in the last 30 days.' })
  entered!: number;

  @ApiProperty({ description: 'How often a person was refused in the last 30 days.' })
  refused!: number;

  @NullableText('The last of these days with an entry, in the calendar of Europe/Paris.', '2026-11-24')
  lastEnteredOn!: string | null;
}

export class AdminApplicationPage {
  @ApiProperty({ type: [AdminApplicationLine] })
  items!: AdminApplicationLine[];

  @ApiProperty({ type: String, nullable: true, description: 'Send it as `cursor` to get the next page.' })
  nextCursor!: string | null;
}

export class AdminApplicationSecret {
  @ApiProperty()
  id!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @NullableInstant()
  expiresAt!: string | null;

  @NullableInstant('When it was last used, to the minute.')
  lastUsedAt!: string | null;
}

export class AdminApplicationIssuedSecret extends AdminApplicationSecret {
  @ApiProperty({ description: 'The secret itself, in this answer only: the server stores its digest.' })
  secret!: string;

  @ApiProperty({ deprecated: true, description: 'The same as `secret`.' })
  value!: string;
}

export class AdminApplication extends AdminApplicationItem {
  @ApiProperty({ type: [String] })
  redirectUris!: string[];

  @ApiProperty({ type: [String] })
  postLogoutRedirectUris!: string[];

  @ApiProperty({ type: String, nullable: true })
  initiateLoginUri!: string | null;

  @ApiProperty({ type: String, nullable: true })
  backchannelLogoutUri!: string | null;

  @ApiProperty({ type: String, nullable: true })
  homeUri!: string | null;

  @ApiProperty({ enum: AUTH_METHODS, enumName: 'ApplicationAuthMethod' })
  authMethod!: AuthMethod;

  @ApiProperty({ enum: PKCE_RULES, enumName: 'ApplicationPkce' })
  pkce!: PkceRule;

  @ApiProperty({ type: 'object', nullable: true, additionalProperties: true })
  jwks!: PublicJwks | null;

  @ApiProperty({ type: String, nullable: true })
  jwksUri!: string | null;

  @ApiProperty({ type: String, nullable: true })
  tlsSubjectDn!: string | null;

  @ApiProperty({ type: [String] })
  scopes!: string[];

  @ApiProperty({ type: [String] })
  audienceRoles!: string[];

  @ApiProperty({ type: [String] })
  audienceStructures!: string[];

  @ApiProperty({ type: [String] })
  audienceProfessions!: string[];

  @ApiProperty({ enum: ACR_LEVELS, enumName: 'AcrLevel', nullable: true })
  minAcr!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  maxAgeSeconds!: number | null;

  @ApiProperty()
  confirmIdentity!: boolean;

  @ApiProperty()
  trusted!: boolean;

  @ApiProperty({ enum: CLAIMS_SHAPES, enumName: 'ApplicationClaimsShape' })
  claimsShape!: ClaimsShape;

  @ApiProperty({
    enum: ID_TOKEN_ALGS,
    enumName: 'ApplicationIdTokenAlg',
    description: 'The algorithm that signs its ID tokens and logout tokens.',
  })
  idTokenAlg!: IdTokenAlg;

  @ApiProperty()
  claimNames!: boolean;

  @ApiProperty()
  claimMail!: boolean;

  @ApiProperty()
  claimGroups!: boolean;

  @ApiProperty({ type: [String] })
  resources!: string[];

  @ApiProperty({ description: 'Whether it receives refresh tokens, which end with the session.' })
  offlineAccess!: boolean;

  @ApiProperty({ description: 'Whether checks of kind `gate` also return `Portillon-Assertion`.' })
  gateAssertion!: boolean;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  @NullableInstant('For kind `gate`: the time of its proxy’s first request. Null: none came yet.')
  firstSeenAt!: string | null;

  @NullableText(
    'The address of the first proxy. While `firstSeenAt` is null: a proxy that `GATE_PROXIES` does not name, or that has not proved itself.',
  )
  seenFrom!: string | null;

  @ApiProperty({ type: [AdminApplicationSecret], description: 'The valid secrets, the oldest first.' })
  secrets!: AdminApplicationSecret[];
}

export class AdminApplicationRefusal {
  @ApiProperty({ example: 'invalid_redirect_uri' })
  code!: string;

  @ApiProperty({ description: 'What the client sent, such as the address that is not registered.' })
  detail!: string;

  @ApiProperty({ description: 'What happened and what to do, in the language of `Accept-Language`.' })
  explanation!: string;

  @ApiProperty({ description: 'The number of equal refusals.' })
  times!: number;

  @ApiProperty({ format: 'date-time' })
  firstAt!: string;

  @ApiProperty({ format: 'date-time' })
  lastAt!: string;
}

export class AdminApplicationRefusals {
  @ApiProperty({ type: [AdminApplicationRefusal] })
  items!: AdminApplicationRefusal[];
}

const CHECK_NAMES = [
  'status',
  'proof',
  'pkce',
  'keys',
  'back-channel',
  'rules',
  'proxies',
  'request',
  'audience',
] as const;
type CheckName = (typeof CHECK_NAMES)[number];

export class AdminApplicationCheck {
  @ApiProperty({ enum: CHECK_NAMES, enumName: 'ApplicationCheckName' })
  check!: CheckName;

  @ApiProperty()
  ok!: boolean;

  @ApiProperty({ description: 'The finding, in the language of `Accept-Language`.' })
  explanation!: string;
}

export class AdminApplicationTest {
  @ApiProperty({ type: [AdminApplicationCheck] })
  items!: AdminApplicationCheck[];
}

export class AdminApplicationDay {
  @ApiProperty({ example: '2026-11-24', description: 'The day, in the calendar of Europe/Paris.' })
  day!: string;

  @ApiProperty({ description: 'The number of sessions that opened it.' })
  entered!: number;

  @ApiProperty({ description: 'How often a person or a request of the application was refused.' })
  refused!: number;
}

export class AdminApplicationStatistics {
  @ApiProperty({ type: [AdminApplicationDay] })
  items!: AdminApplicationDay[];
}
