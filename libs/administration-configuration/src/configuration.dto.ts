import { ApiProperty, ApiPropertyOptional, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { APPLICATION_STATUSES, CLIENT_ID } from '@portillon/application';
import type { ApplicationStatus } from '@portillon/application';
import { OneLine, Optional } from '@portillon/http';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import {
  AccountInvitation,
  FaceUpdate,
  MembershipUpdate,
  PolicyUpdate,
  StructureRegistration,
} from '@portillon/administration';
import {
  AdminGateRule,
  ApplicationRegistration,
  ruleEntryOf,
  WebhookRegistration,
} from '@portillon/administration-applications';
import { LegalNoticeTexts } from '@portillon/administration-setup';

const NAME_LENGTH = 200;
const REFERENCE_LENGTH = 500;
const MOST = 20;
const MOST_RULES = 100;
const SECRET_REFERENCE = /^(env:[A-Z][A-Z0-9_]*|file:\/.+)$/;

/** A structure by its FINESS, its SIRET or its name. */
const OfStructure =
  (description: string): PropertyDecorator =>
  (target, key) => {
    for (const rule of [
      ApiPropertyOptional({ type: String, nullable: true, example: '750712184', description }),
      ValidateIf((_body, value) => value !== undefined && value !== null),
      IsString(),
      IsNotEmpty(),
      MaxLength(NAME_LENGTH),
      OneLine(),
    ])
      rule(target, key);
  };

const Structures =
  (description: string): PropertyDecorator =>
  (target, key) => {
    for (const rule of [
      ApiPropertyOptional({ type: [String], maxItems: MOST, description }),
      Optional(),
      IsArray(),
      ArrayMaxSize(MOST),
      IsString({ each: true }),
      MaxLength(NAME_LENGTH, { each: true }),
    ])
      rule(target, key);
  };

const SecretReference =
  (description: string): PropertyDecorator =>
  (target, key) => {
    for (const rule of [
      ApiPropertyOptional({
        pattern: SECRET_REFERENCE.source,
        example: 'env:ORIENTATION_SECRET',
        description,
      }),
      Optional(),
      IsString(),
      MaxLength(REFERENCE_LENGTH),
      Matches(SECRET_REFERENCE),
    ])
      rule(target, key);
  };

const Status = (): PropertyDecorator => (target, key) => {
  for (const rule of [
    ApiPropertyOptional({ enum: APPLICATION_STATUSES, enumName: 'ConfiguredStatus' }),
    Optional(),
    IsIn(APPLICATION_STATUSES),
  ])
    rule(target, key);
};

/** As the API accepts it; omitted fields stay unchanged. */
export class PolicyFields extends OmitType(PolicyUpdate, ['reason'] as const) {}
export class PolicyEntry extends PartialType(PolicyFields) {}

/** As the API accepts it; omitted fields stay unchanged. */
export class FaceFields extends OmitType(FaceUpdate, ['reason'] as const) {}
export class FaceEntry extends PartialType(FaceFields) {}

/** The API's fields, with references to structures instead of ids. */
export class GateRuleFields extends OmitType(AdminGateRule, ['structures'] as const) {
  @Structures('FINESS, SIRET or names, one of which is needed; empty: any.')
  structures!: string[];
}

export class GateRuleEntry extends ruleEntryOf(GateRuleFields) {}

export class StructureEntry extends OmitType(StructureRegistration, ['parentId'] as const) {
  @OfStructure('The grouping that it is part of; null: none. It may be a later entry.')
  parent?: string | null;

  @ApiPropertyOptional({ type: PolicyEntry, description: 'What it asks of its people’s sign-ins.' })
  @Optional()
  @IsObject()
  policy?: PolicyEntry;

  @ApiPropertyOptional({ type: FaceEntry, description: 'What it is recognised by.' })
  @Optional()
  @IsObject()
  face?: FaceEntry;
}

export class ApplicationEntry extends OmitType(ApplicationRegistration, [
  'reason',
  'structureId',
  'audienceStructures',
] as const) {
  @ApiProperty({
    pattern: CLIENT_ID.source,
    example: 'orientation',
    description: 'Its `client_id`, by which it is the same in every deployment. Never changes.',
  })
  @IsString()
  @Matches(CLIENT_ID)
  clientId!: string;

  @OfStructure('Its structure; null: of the whole service. Never changes.')
  structure?: string | null;

  @Structures('FINESS, SIRET or names: whose people may open it; empty: everybody’s.')
  audienceStructures?: string[];

  @Status()
  status?: ApplicationStatus;

  @ApiPropertyOptional({
    type: [GateRuleEntry],
    maxItems: MOST_RULES,
    description: 'Of kind `gate`: in the place of all its rules. The first that matches decides.',
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(MOST_RULES)
  @IsObject({ each: true })
  rules?: GateRuleEntry[];

  @SecretReference('A secret that `portillon application secret` made, kept beside the one in use.')
  secretRef?: string;
}

export class WebhookEntry extends OmitType(WebhookRegistration, ['reason', 'structureId'] as const) {
  @OfStructure('Its structure; null: the operator’s own. With its name it says which webhook this is.')
  structure?: string | null;

  @Status()
  status?: ApplicationStatus;

  @SecretReference('What its deliveries are signed with: `whsec_` and 24 to 48 bytes in base64.')
  secretRef?: string;
}

/** A place in another structure than the one that manages the account. */
export class MembershipEntry extends PickType(MembershipUpdate, ['roles', 'function'] as const) {
  @ApiProperty({ example: '750712184', description: 'FINESS, SIRET or name.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  structure!: string;
}

export class AdministratorEntry extends OmitType(AccountInvitation, ['structureId', 'nationalId'] as const) {
  @OfStructure('Needed by a `structure-admin`; an `auditor` without one reads the whole service.')
  structure?: string | null;

  @ApiPropertyOptional({
    type: [MembershipEntry],
    maxItems: MOST,
    description:
      'Other structures. A person who has an account is proposed a new one, and confirms it; one with an open membership has these roles at once.',
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(MOST)
  @IsObject({ each: true })
  memberships?: MembershipEntry[];
}

/** The operator's legal texts. Fields that are left out stay unchanged. */
export class LegalNoticeEntry extends PartialType(LegalNoticeTexts) {}

/** The file. */
export class ConfigurationDocument {
  @ApiProperty({ enum: [1] })
  @IsIn([1])
  version!: 1;

  @ApiPropertyOptional({ type: [StructureEntry] })
  @Optional()
  @IsArray()
  structures?: unknown[];

  @ApiPropertyOptional({ type: [ApplicationEntry] })
  @Optional()
  @IsArray()
  applications?: unknown[];

  @ApiPropertyOptional({ type: [WebhookEntry] })
  @Optional()
  @IsArray()
  webhooks?: unknown[];

  @ApiPropertyOptional({ type: [AdministratorEntry] })
  @Optional()
  @IsArray()
  administrators?: unknown[];

  @ApiPropertyOptional({ type: LegalNoticeEntry })
  @Optional()
  @IsObject()
  legalNotice?: unknown;
}
