import {
  ApiProperty,
  ApiPropertyOptional,
  IntersectionType,
  OmitType,
  PartialType,
  PickType,
} from '@nestjs/swagger';
import { ACR_LEVELS } from '@portillon/application';
import { GATE_ACCESS } from '@portillon/gate';
import type { GateAccess } from '@portillon/gate';
import { Optional } from '@portillon/http';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { AdminAct } from '@portillon/user-management';

const MOST_RULES = 100;
const MOST = 20;
const PATH_LENGTH = 500;
const WORD_LENGTH = 40;
const LEAST_SECONDS = 60;
const MOST_SECONDS = 86_400;

const NotNull = () => ValidateIf((_body, value) => value !== null);

const Texts =
  (length: number, description: string): PropertyDecorator =>
  (target, key) => {
    for (const rule of [
      ApiProperty({ type: [String], maxItems: MOST, description }),
      IsArray(),
      ArrayMaxSize(MOST),
      IsString({ each: true }),
      MaxLength(length, { each: true }),
    ])
      rule(target, key);
  };

/** One rule of an application behind a reverse proxy. */
export class AdminGateRule {
  @Texts(
    PATH_LENGTH,
    'Decoded path prefixes of whole segments, without a trailing slash; `/` matches every path.',
  )
  paths!: string[];

  @Texts(WORD_LENGTH, 'The methods; empty: every method.')
  methods!: string[];

  @ApiProperty({ enum: GATE_ACCESS, enumName: 'GateAccess' })
  @IsIn(GATE_ACCESS)
  access!: GateAccess;

  @Texts(WORD_LENGTH, 'The person needs one of these; empty: any.')
  roles!: string[];

  @Texts(WORD_LENGTH, 'The ids of structures, one of which the person needs; empty: any.')
  structures!: string[];

  @ApiProperty({ enum: ACR_LEVELS, nullable: true })
  @NotNull()
  @IsIn(ACR_LEVELS)
  acr!: string | null;

  @ApiProperty({ type: Number, nullable: true, minimum: LEAST_SECONDS, maximum: MOST_SECONDS })
  @NotNull()
  @IsInt()
  @Min(LEAST_SECONDS)
  @Max(MOST_SECONDS)
  maxAgeSeconds!: number | null;
}

export class AdminGateRules {
  @ApiProperty({
    type: [AdminGateRule],
    description: 'The first match decides; without one the request is refused.',
  })
  items!: AdminGateRule[];

  @ApiProperty({ description: 'The version of the application, which a change sends in `If-Match`.' })
  version!: number;
}

/** The defaults of a rule. */
export const RULE_DEFAULTS = { methods: [], roles: [], structures: [], acr: null, maxAgeSeconds: null };

/** A rule as the API or a file gives it: an omitted field sets no condition. */
export function ruleEntryOf(rule: new () => AdminGateRule) {
  const needed = ['paths', 'access'] as const;
  return IntersectionType(PickType(rule, needed), PartialType(OmitType(rule, needed)));
}

export class AdminGateRuleEntry extends ruleEntryOf(AdminGateRule) {}

class GateRuleFields {
  @ApiProperty({ type: [AdminGateRuleEntry], maxItems: MOST_RULES })
  @IsArray()
  @ArrayMaxSize(MOST_RULES)
  // Each is checked here: bodies are flat.
  @IsObject({ each: true })
  rules!: AdminGateRuleEntry[];
}

export class GateRulesUpdate extends IntersectionType(GateRuleFields, AdminAct) {}

/** A question of « Pourquoi ? »: a user and an address. */
export class GateExplanationRequest {
  @ApiProperty({ example: 'https://app.example/admin', maxLength: 2_000 })
  @IsString()
  @MaxLength(2_000)
  url!: string;

  @ApiPropertyOptional({ default: 'GET', maxLength: WORD_LENGTH })
  @Optional()
  @IsString()
  @MaxLength(WORD_LENGTH)
  method?: string;

  @ApiPropertyOptional({ description: 'The id of the person, who has just signed in. Default: no one.' })
  @Optional()
  @IsString()
  @MaxLength(WORD_LENGTH)
  account?: string;

  @ApiPropertyOptional({ enum: ACR_LEVELS, default: 'eidas1', description: 'The level of that sign-in.' })
  @Optional()
  @IsIn(ACR_LEVELS)
  acr?: string;

  @ApiPropertyOptional({
    example: '10',
    maxLength: WORD_LENGTH,
    description:
      'The profession of that sign-in, a code of Pro Santé Connect. Default: that of the person’s latest open session.',
  })
  @Optional()
  @IsString()
  @MaxLength(WORD_LENGTH)
  profession?: string;
}

const VERDICTS = ['public', 'admitted', 'sign-in', 'step-up', 'forbidden', 'unreadable'] as const;

class AdminGateLevel {
  @ApiProperty({ type: String, nullable: true })
  acr!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  maxAgeSeconds!: number | null;
}

export class AdminGateExplanation {
  @ApiProperty({ enum: VERDICTS, enumName: 'GateVerdict' })
  verdict!: (typeof VERDICTS)[number];

  @ApiProperty({ description: 'The same in a sentence, in the language of the request.' })
  explanation!: string;

  @ApiProperty({ type: AdminGateLevel, nullable: true, description: 'The proof that would be needed.' })
  asked!: AdminGateLevel | null;

  @ApiProperty({ type: Number, nullable: true, description: 'The position of the deciding rule, from 1.' })
  rule!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'The path that matched.' })
  path!: string | null;
}
