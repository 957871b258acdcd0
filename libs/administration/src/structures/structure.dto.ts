import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { NO_POLICY, registeredFields, registeredTexts, STRUCTURE_KINDS } from '@portillon/structure';
import type {
  RegisteredField,
  RegisteredTexts,
  Structure,
  StructureKind,
  StructurePolicy,
} from '@portillon/structure';
import { NullableInstant, OneLine, Optional } from '@portillon/http';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { AdminAct } from '@portillon/user-management';

const NAME_LENGTH = 200;
const MOST_HOURS = 24;
const TIME_LENGTH = 32;
/** So many addresses of the longest kind fit their column. */
const MOST_EGRESS = 20;
const ADDRESS_LENGTH = 43;

/** Which passkeys a structure takes. */
export const PASSKEY_KINDS = ['any', 'device'] as const;
export const PASSKEY_IDENTITIES = ['any', 'proven'] as const;

const OrNull = () => ValidateIf((_body, value) => value !== undefined && value !== null);
const Instant = () =>
  applyDecorators(IsString(), MaxLength(TIME_LENGTH), IsISO8601({ strict: true, strictSeparator: true }));
const OptionalInstant = () =>
  applyDecorators(
    ApiPropertyOptional({
      type: String,
      format: 'date-time',
      nullable: true,
      description: 'Default: unchanged.',
    }),
    OrNull(),
    Instant(),
  );
const OPTIONAL = { type: String, nullable: true } as const;

/** A class with the texts that a structure is registered under, each decorated. */
function textsWith<Texts = RegisteredTexts>(decorated: (field: RegisteredField) => PropertyDecorator) {
  class Registered {}
  for (const [name, field] of Object.entries(registeredFields)) decorated(field)(Registered.prototype, name);
  return Registered as Type<Texts>;
}

/** As people type it, or null. */
const Typed = ({ text, maxLength }: RegisteredField) =>
  applyDecorators(OrNull(), IsString(), MaxLength(maxLength), Matches(text));

class NamedStructure {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: 'Hôpital des Trois Dames' })
  name!: string;
}

export class AdminStructure extends IntersectionType(
  NamedStructure,
  textsWith(({ example }) => ApiProperty({ ...OPTIONAL, example })),
) {
  @ApiProperty({ enum: STRUCTURE_KINDS, enumName: 'StructureKind' })
  kind!: StructureKind;

  @ApiProperty({ ...OPTIONAL, description: 'The grouping that it is part of.' })
  parentId!: string | null;

  @ApiProperty({ ...OPTIONAL, example: 'GHT du Littoral' })
  parentName!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ description: 'The version, which a change sends in `If-Match`.' })
  version!: number;
}

const ID_LENGTH = 36;

class NewPosition {
  @ApiPropertyOptional({
    enum: STRUCTURE_KINDS,
    enumName: 'StructureKind',
    description: 'Only a `grouping` has structures below it; it needs no FINESS and no SIRET.',
  })
  @Optional()
  @IsIn(STRUCTURE_KINDS)
  kind?: StructureKind;

  @ApiPropertyOptional({
    ...OPTIONAL,
    maxLength: ID_LENGTH,
    description: 'The grouping that it is part of; null: none. A tree has at most four levels.',
  })
  @OrNull()
  @IsString()
  @MaxLength(ID_LENGTH)
  parentId?: string | null;
}

class NewName {
  @ApiProperty({ example: 'Hôpital des Trois Dames' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  name!: string;
}

export class StructureRegistration extends IntersectionType(
  NewName,
  textsWith<Partial<RegisteredTexts>>((field) =>
    applyDecorators(
      ApiPropertyOptional({ ...OPTIONAL, example: field.example, description: field.description }),
      Typed(field),
    ),
  ),
  NewPosition,
) {}

class ChangedName extends AdminAct {
  @ApiPropertyOptional()
  @Optional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  name?: string;
}

export class StructureUpdate extends IntersectionType(
  ChangedName,
  textsWith<Partial<RegisteredTexts>>((field) =>
    applyDecorators(ApiPropertyOptional(OPTIONAL), Typed(field)),
  ),
  NewPosition,
) {}

/** The deployment's rules, for comparison. */
export class DeploymentPolicy {
  @ApiProperty({ description: 'Whether this deployment can send codes by SMS.' })
  smsAvailable!: boolean;

  @ApiProperty({ description: 'How many hours an accepted code stays valid in a browser.', example: 24 })
  codeWindowHours!: number;

  @ApiProperty({ description: 'Whether this deployment offers Pro Santé Connect.' })
  proSanteConnectOffered!: boolean;

  @ApiProperty({ description: 'Whether this deployment offers the card.' })
  cardOffered!: boolean;

  @ApiProperty({ description: 'Whether this deployment offers passkeys.' })
  passkeysOffered!: boolean;

  @ApiProperty({ description: 'Whether this deployment offers authenticator apps.' })
  totpOffered!: boolean;
}

export class AdminPolicy {
  @ApiProperty({ description: 'Whether codes by SMS are forbidden.' })
  smsForbidden!: boolean;

  @ApiProperty({ description: 'Whether codes by mail end once the person has verified a number.' })
  mailFirstTimeOnly!: boolean;

  @ApiProperty({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: MOST_HOURS,
    description: 'The longest time that an accepted code stays valid; null: the deployment’s.',
  })
  codeWindowHours!: number | null;

  @NullableInstant('Date after which only Pro Santé Connect signs in; null: never.')
  proSanteConnectFrom!: string | null;

  @NullableInstant(
    'For 14 days after this date, password and code open a session that can only add a strong means; later only Pro Santé Connect, a card or a passkey signs in. null: never.',
  )
  strongMeansFrom!: string | null;

  @NullableInstant(
    'After this date password, passkey and code admit only people whose identity was verified within three years; a card or Pro Santé Connect lets in and verifies. null: never.',
  )
  identityRequiredFrom!: string | null;

  @ApiProperty({ description: 'Whether password and authenticator app still open a session then.' })
  totpIsStrong!: boolean;

  @ApiProperty({
    enum: PASSKEY_KINDS,
    enumName: 'AcceptedPasskeyKind',
    description: '`device`: a sign-in needs a passkey whose key never leaves its authenticator.',
  })
  passkeyKind!: (typeof PASSKEY_KINDS)[number];

  @ApiProperty({
    enum: PASSKEY_IDENTITIES,
    enumName: 'AcceptedPasskeyIdentity',
    description:
      '`proven`: a sign-in needs a passkey whose holder was identified by card, Pro Santé Connect or face to face.',
  })
  passkeyIdentity!: (typeof PASSKEY_IDENTITIES)[number];

  @ApiProperty({
    type: [String],
    example: ['192.0.2.10', '2001:db8:1::/48'],
    description:
      'The addresses and CIDR blocks that its people share. Ten times as many of their codes may be unanswered there.',
  })
  egressAddresses!: string[];

  @ApiProperty({
    description:
      'Whether an administrator’s change of a mail address waits for a second administrator or 24 hours. Changes of administrators’ accounts always do.',
  })
  fourEyes!: boolean;

  @ApiProperty({
    description:
      'Whether several people use one computer. No browser is then remembered, an unused session ends after 10 minutes, and the sign-in page behind `egressAddresses` stores nothing about the last person.',
  })
  sharedWorkstations!: boolean;

  @ApiProperty({ type: DeploymentPolicy })
  deployment!: DeploymentPolicy;

  @ApiProperty({ description: 'The version, which a change sends in `If-Match`.' })
  version!: number;
}

export class PolicyUpdate extends AdminAct {
  @ApiProperty()
  @IsBoolean()
  smsForbidden!: boolean;

  @ApiProperty()
  @IsBoolean()
  mailFirstTimeOnly!: boolean;

  @ApiProperty({ type: Number, nullable: true, minimum: 0, maximum: MOST_HOURS })
  @ValidateIf((_body, value) => value !== null)
  @IsInt()
  @Min(0)
  @Max(MOST_HOURS)
  codeWindowHours!: number | null;

  @NullableInstant()
  @ValidateIf((_body, value) => value !== null)
  @Instant()
  proSanteConnectFrom!: string | null;

  @OptionalInstant()
  strongMeansFrom?: string | null;

  @OptionalInstant()
  identityRequiredFrom?: string | null;

  @ApiPropertyOptional({ description: 'Default: unchanged.' })
  @Optional()
  @IsBoolean()
  totpIsStrong?: boolean;

  @ApiPropertyOptional({ enum: PASSKEY_KINDS, enumName: 'AcceptedPasskeyKind' })
  @Optional()
  @IsIn(PASSKEY_KINDS)
  passkeyKind?: (typeof PASSKEY_KINDS)[number];

  @ApiPropertyOptional({ enum: PASSKEY_IDENTITIES, enumName: 'AcceptedPasskeyIdentity' })
  @Optional()
  @IsIn(PASSKEY_IDENTITIES)
  passkeyIdentity?: (typeof PASSKEY_IDENTITIES)[number];

  @ApiPropertyOptional({
    type: [String],
    maxItems: MOST_EGRESS,
    description: 'Default: unchanged. Widest blocks: /16 (IPv4) and /32 (IPv6).',
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(MOST_EGRESS)
  @IsString({ each: true })
  @MaxLength(ADDRESS_LENGTH, { each: true })
  egressAddresses?: string[];

  @ApiPropertyOptional({
    description: 'Default: unchanged. Only a national administrator sets it to `false`.',
  })
  @Optional()
  @IsBoolean()
  fourEyes?: boolean;

  @ApiPropertyOptional({ description: 'Default: unchanged.' })
  @Optional()
  @IsBoolean()
  sharedWorkstations?: boolean;
}

/** `parents`: groupings by id, with the structure's own. */
export function structureView(
  structure: Structure,
  parents: ReadonlyMap<string, { name: string }>,
): AdminStructure {
  const { id, name, kind, parentId, createdAt, version } = structure;
  return {
    id,
    name,
    kind,
    parentId,
    parentName: (parentId !== null && parents.get(parentId)?.name) || null,
    ...registeredTexts(structure),
    createdAt: createdAt.toISOString(),
    version,
  };
}

export function policyView(
  policy: StructurePolicy,
  deployment: DeploymentPolicy,
  version: number,
): AdminPolicy {
  return { ...policyFields(policy), deployment, version };
}

/** The policy of a structure, as an administrator writes it. */
export function policyFields(policy: StructurePolicy): Omit<AdminPolicy, 'deployment' | 'version'> {
  const { strongMeansReached: _, ...fields } = { ...NO_POLICY, ...policy };
  return {
    ...fields,
    proSanteConnectFrom: policy.proSanteConnectFrom?.toISOString() ?? null,
    strongMeansFrom: policy.strongMeansFrom?.toISOString() ?? null,
    identityRequiredFrom: policy.identityRequiredFrom?.toISOString() ?? null,
    egressAddresses: [...policy.egressAddresses],
  };
}
