import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import {
  ACR_LEVELS,
  APPLICATION_KINDS,
  AUTH_METHODS,
  CLAIMS_SHAPES,
  ID_TOKEN_ALGS,
  PKCE_RULES,
} from '@portillon/application';
import type {
  ApplicationKind,
  AuthMethod,
  ClaimsShape,
  IdTokenAlg,
  PkceRule,
  PublicJwks,
} from '@portillon/application';
import { OneLine, Optional } from '@portillon/http';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { AdminAct } from '@portillon/user-management';

const NAME_LENGTH = 200;
const URI_LENGTH = 1_000;
const DN_LENGTH = 500;
const WORD_LENGTH = 40;
const MOST = 20;
const MOST_SECONDS = 86_400;
const MOST_DAYS = 730;

const OrNull = () => ValidateIf((_body, value) => value !== undefined && value !== null);

/** A list of texts that may be left out. */
const Texts =
  (length: number): PropertyDecorator =>
  (target, key) => {
    for (const rule of [
      ApiPropertyOptional({ type: [String], maxItems: MOST }),
      Optional(),
      IsArray(),
      ArrayMaxSize(MOST),
      IsString({ each: true }),
      MaxLength(length, { each: true }),
    ])
      rule(target, key);
  };

/** An address that may be left out, and be none. */
const Address =
  (description: string): PropertyDecorator =>
  (target, key) => {
    for (const rule of [
      ApiPropertyOptional({ type: String, nullable: true, description }),
      OrNull(),
      IsString(),
      MaxLength(URI_LENGTH),
    ])
      rule(target, key);
  };

/** A switch that may be left out. */
const Switch =
  (description: string): PropertyDecorator =>
  (target, key) => {
    for (const rule of [ApiPropertyOptional({ description }), Optional(), IsBoolean()]) rule(target, key);
  };

/** What an administrator decides of an application. */
class ApplicationFields {
  /** To the letter: https, or http on the machine itself. */
  @Texts(URI_LENGTH)
  redirectUris?: string[];

  @Texts(URI_LENGTH)
  postLogoutRedirectUris?: string[];

  @Address('Where a sign-in can begin anew.')
  initiateLoginUri?: string | null;

  @Address('Where a sign-out is announced: OpenID Connect Back-Channel Logout 1.0.')
  backchannelLogoutUri?: string | null;

  @Address('Where the tile of the home page leads.')
  homeUri?: string | null;

  @ApiPropertyOptional({ enum: AUTH_METHODS, enumName: 'ApplicationAuthMethod' })
  @Optional()
  @IsIn(AUTH_METHODS)
  authMethod?: AuthMethod;

  @ApiPropertyOptional({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'Public keys (RFC 7517), with `private_key_jwt`: these, or `jwksUri`.',
  })
  @OrNull()
  @IsObject()
  jwks?: PublicJwks | null;

  @Address('Where its public keys are, with `private_key_jwt`.')
  jwksUri?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Subject of its certificate, with `tls_client_auth`.',
  })
  @OrNull()
  @IsString()
  @MaxLength(DN_LENGTH)
  tlsSubjectDn?: string | null;

  @Texts(WORD_LENGTH)
  scopes?: string[];

  /** Who may open it; empty: everybody. */
  @Texts(WORD_LENGTH)
  audienceRoles?: string[];

  @Texts(WORD_LENGTH)
  audienceStructures?: string[];

  @Texts(WORD_LENGTH)
  audienceProfessions?: string[];

  @ApiPropertyOptional({
    enum: ACR_LEVELS,
    enumName: 'AcrLevel',
    nullable: true,
    description: 'The weakest sign-in that opens it.',
  })
  @OrNull()
  @IsIn(ACR_LEVELS)
  minAcr?: string | null;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: MOST_SECONDS,
    description: 'The oldest sign-in that opens it.',
  })
  @OrNull()
  @IsInt()
  @Min(0)
  @Max(MOST_SECONDS)
  maxAgeSeconds?: number | null;

  @Switch('« Continuer comme … ? », where several people use one browser.')
  confirmIdentity?: boolean;

  @Switch('The operator’s own: no consent is asked. For a national administrator.')
  trusted?: boolean;

  @ApiPropertyOptional({
    enum: CLAIMS_SHAPES,
    enumName: 'ApplicationClaimsShape',
    description: '`psc`: the claims that Pro Santé Connect gives.',
  })
  @Optional()
  @IsIn(CLAIMS_SHAPES)
  claimsShape?: ClaimsShape;

  @ApiPropertyOptional({
    enum: PKCE_RULES,
    enumName: 'ApplicationPkce',
    description:
      'When a request may come without PKCE. `nonce`: when it carries a nonce; `off`: always, with `ACCEPT_RISK=pkce-off`. Left out at registration: `required`.',
  })
  @Optional()
  @IsIn(PKCE_RULES)
  pkce?: PkceRule;

  @ApiPropertyOptional({
    enum: ID_TOKEN_ALGS,
    enumName: 'ApplicationIdTokenAlg',
    description: 'How its ID tokens and logout tokens are signed; left out at registration: `RS256`.',
  })
  @Optional()
  @IsIn(ID_TOKEN_ALGS)
  idTokenAlg?: IdTokenAlg;

  @Switch('Names in the ID token and at userinfo.')
  claimNames?: boolean;

  @Switch('The mail address; applications link accounts by it.')
  claimMail?: boolean;

  @Switch('Roles and structure as groups.')
  claimGroups?: boolean;

  /**
   * Audiences of its access tokens (RFC 8707), each with the API’s own scopes: `https://api.example planning:read`. For a
   * national administrator.
   */
  @Texts(URI_LENGTH)
  resources?: string[];

  @Switch('Refresh tokens, which end with the session; left out at registration: none.')
  offlineAccess?: boolean;

  @Switch(
    '`Portillon-Assertion`, a signed JWT, with each check of kind `gate`; left out at registration: none.',
  )
  gateAssertion?: boolean;
}

export class ApplicationUpdate extends IntersectionType(ApplicationFields, AdminAct) {
  @ApiPropertyOptional({ example: 'Orientation' })
  @Optional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  name?: string;
}

export class ApplicationRegistration extends IntersectionType(ApplicationFields, AdminAct) {
  @ApiProperty({ example: 'Orientation' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  name!: string;

  @ApiProperty({ enum: APPLICATION_KINDS, enumName: 'ApplicationKind' })
  @IsIn(APPLICATION_KINDS)
  kind!: ApplicationKind;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description:
      'Null: of the whole service. An administrator of a structure always registers for that structure.',
  })
  @OrNull()
  @IsString()
  @IsNotEmpty()
  @MaxLength(WORD_LENGTH)
  structureId?: string | null;
}

export class SecretRequest extends AdminAct {
  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    minimum: 1,
    maximum: MOST_DAYS,
    description: 'It ends after so many days; left out: when an administrator ends it.',
  })
  @OrNull()
  @IsInt()
  @Min(1)
  @Max(MOST_DAYS)
  expiresInDays?: number | null;
}
