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

/** Administrators' actions on an application. */
class ApplicationFields {
  /** An exact address: https, or http on this machine. */
  @Texts(URI_LENGTH)
  redirectUris?: string[];

  @Texts(URI_LENGTH)
  postLogoutRedirectUris?: string[];

  @Address('The address that starts a new sign-in.')
  initiateLoginUri?: string | null;

  @Address('The address that receives sign-outs: OpenID Connect Back-Channel Logout 1.0.')
  backchannelLogoutUri?: string | null;

  @Address('The address that the tile of the home page opens.')
  homeUri?: string | null;

  @ApiPropertyOptional({ enum: AUTH_METHODS, enumName: 'ApplicationAuthMethod' })
  @Optional()
  @IsIn(AUTH_METHODS)
  authMethod?: AuthMethod;

  @ApiPropertyOptional({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'The public keys (RFC 7517); `private_key_jwt` needs them or `jwksUri`.',
  })
  @OrNull()
  @IsObject()
  jwks?: PublicJwks | null;

  @Address('The address of its public keys, for `private_key_jwt`.')
  jwksUri?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Certificate subject of `tls_client_auth`.',
  })
  @OrNull()
  @IsString()
  @MaxLength(DN_LENGTH)
  tlsSubjectDn?: string | null;

  @Texts(WORD_LENGTH)
  scopes?: string[];

  /** The audience; empty: everyone. */
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
    description: 'The lowest level.',
  })
  @OrNull()
  @IsIn(ACR_LEVELS)
  minAcr?: string | null;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: MOST_SECONDS,
    description: 'The greatest age of a sign-in that opens it.',
  })
  @OrNull()
  @IsInt()
  @Min(0)
  @Max(MOST_SECONDS)
  maxAgeSeconds?: number | null;

  @Switch('Whether to ask « Continuer comme … ? », for browsers that several people use.')
  confirmIdentity?: boolean;

  @Switch('Whether it is the operator’s own, without consent. Only a national administrator may set it.')
  trusted?: boolean;

  @ApiPropertyOptional({
    enum: CLAIMS_SHAPES,
    enumName: 'ApplicationClaimsShape',
    description: 'The form of its claims; `psc`: as Pro Santé Connect gives them.',
  })
  @Optional()
  @IsIn(CLAIMS_SHAPES)
  claimsShape?: ClaimsShape;

  @ApiPropertyOptional({
    enum: PKCE_RULES,
    enumName: 'ApplicationPkce',
    description:
      'Whether requests need PKCE. `nonce`: not with a nonce; `off`: never, with `ACCEPT_RISK=pkce-off`. Default at registration: `required`.',
  })
  @Optional()
  @IsIn(PKCE_RULES)
  pkce?: PkceRule;

  @ApiPropertyOptional({
    enum: ID_TOKEN_ALGS,
    enumName: 'ApplicationIdTokenAlg',
    description:
      'The algorithm that signs its ID tokens and logout tokens. Default at registration: `RS256`.',
  })
  @Optional()
  @IsIn(ID_TOKEN_ALGS)
  idTokenAlg?: IdTokenAlg;

  @Switch('Whether the ID token and userinfo contain names.')
  claimNames?: boolean;

  @Switch('Whether they contain the mail address, by which applications link accounts.')
  claimMail?: boolean;

  @Switch('Whether they contain roles and structure as groups.')
  claimGroups?: boolean;

  /**
   * Audiences of its access tokens (RFC 8707), each with the API’s own scopes: `https://api.example planning:read`. For a
   * national administrator.
   */
  @Texts(URI_LENGTH)
  resources?: string[];

  @Switch('Whether it receives refresh tokens, which end with the session. Default at registration: `false`.')
  offlineAccess?: boolean;

  @Switch(
    'Whether each check of kind `gate` returns `Portillon-Assertion`, a signed JWT. Default at registration: `false`.',
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
    description: 'Null: the whole service. A structure’s administrator always registers for that structure.',
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
    description: 'The number of days after which it expires. When left out, only an administrator ends it.',
  })
  @OrNull()
  @IsInt()
  @Min(1)
  @Max(MOST_DAYS)
  expiresInDays?: number | null;
}
