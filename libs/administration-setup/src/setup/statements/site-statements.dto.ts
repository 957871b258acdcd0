import { ApiProperty } from '@nestjs/swagger';
import { ACCESSIBILITY_STATES } from '../../operator/legal-notice.types';
import type { AccessibilityState } from '../../operator/legal-notice.types';
import { OneLine } from '@portillon/http';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^[+()\d .-]{2,40}$/;
const PAGE = /^https:\/\/[^\s<>"]{3,500}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOST_LINES = 200;

function all(...rules: PropertyDecorator[]): PropertyDecorator {
  return (target, key) => {
    for (const rule of rules) rule(target, key);
  };
}

const Line = (length: number) => all(IsString(), Matches(/\S/), MaxLength(length), OneLine());
const Formed = (form: RegExp) => all(IsString(), Matches(form));
const Email = () => all(Formed(EMAIL), MaxLength(254));
/** The optional fields. */
const Nullable = (description: string, ...rules: PropertyDecorator[]) =>
  all(
    ApiProperty({ type: String, nullable: true, description }),
    ValidateIf((_file, value) => value !== null),
    ...rules,
  );
const Lines = (description: string) =>
  all(
    ApiProperty({ type: [String], description }),
    IsArray(),
    ArrayMaxSize(MOST_LINES),
    IsString({ each: true }),
    MaxLength(1_000, { each: true }),
    Matches(/\S/, { each: true }),
  );

export class StatementRun {
  @ApiProperty()
  text!: string;

  @ApiProperty()
  strong!: boolean;

  @Nullable('The target of the link: `https:`, `mailto:`, or a path of this service; null: no link.')
  href!: string | null;
}

export class StatementBlock {
  @ApiProperty({ enum: ['heading', 'paragraph', 'item'], enumName: 'StatementBlockKind' })
  kind!: 'heading' | 'paragraph' | 'item';

  @ApiProperty({ type: [StatementRun] })
  runs!: StatementRun[];
}

/** A text of the operator: titles, paragraphs and items in their order. */
export class StatementText {
  @ApiProperty({ type: [StatementBlock] })
  fr!: StatementBlock[];

  @ApiProperty({ type: [StatementBlock], nullable: true, description: 'Null: there is no translation.' })
  en!: StatementBlock[] | null;
}

/** `dpo.yaml`: whom people write to about their data. */
export class DataProtectionOfficer {
  static readonly EMPTY = { name: null, phone: null, address: null };

  @Nullable('The name.', Line(200))
  name!: string | null;

  @ApiProperty({ example: 'dpo@sante.example' })
  @Email()
  email!: string;

  @Nullable('The telephone.', Formed(PHONE))
  phone!: string | null;

  @Nullable('The postal address.', Line(300))
  address!: string | null;
}

/** `accessibility.yaml`: the declaration of accessibility (decree 2019-768, RGAA 4.1.2); its texts are French. */
export class AccessibilityDeclaration {
  static readonly EMPTY = {
    rate: null,
    auditedOn: null,
    auditor: null,
    nonConformities: [],
    disproportionateBurden: [],
    exempt: [],
    updatedOn: null,
    technologies: [],
    environment: [],
    tools: [],
    pages: [],
    phone: null,
    address: null,
    schemeUrl: null,
    planUrl: null,
  };

  @ApiProperty({ description: 'The body that makes the declaration.' })
  @Line(200)
  entity!: string;

  @ApiProperty({ enum: ACCESSIBILITY_STATES, enumName: 'AccessibilityState' })
  @IsIn(ACCESSIBILITY_STATES)
  state!: AccessibilityState;

  @ApiProperty({
    type: Number,
    format: 'double',
    nullable: true,
    description: 'Percentage of applicable criteria that are met.',
  })
  @ValidateIf((_file, value) => value !== null)
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(100)
  rate!: number | null;

  @Nullable('The day of the audit: `2026-11-24`.', Formed(DAY))
  auditedOn!: string | null;

  @Nullable('The auditor.', Line(200))
  auditor!: string | null;

  @Lines('The content that is not accessible and must become so.')
  nonConformities!: string[];

  @Lines('The content that is not accessible because of a disproportionate burden.')
  disproportionateBurden!: string[];

  @Lines('The content that the law exempts.')
  exempt!: string[];

  @ApiProperty({ description: 'The day of the declaration: `2026-11-25`.' })
  @Formed(DAY)
  establishedOn!: string;

  @Nullable('The day of its last change.', Formed(DAY))
  updatedOn!: string | null;

  @Lines('The technologies of the pages.')
  technologies!: string[];

  @Lines('The browsers and assistive technologies of the tests.')
  environment!: string[];

  @Lines('The tools of the tests.')
  tools!: string[];

  @Lines('The audited pages.')
  pages!: string[];

  @ApiProperty({ description: 'The mail address for people who meet an obstacle.' })
  @Email()
  email!: string;

  @Nullable('The telephone number for people who meet an obstacle.', Formed(PHONE))
  phone!: string | null;

  @Nullable('The postal address for people who meet an obstacle.', Line(300))
  address!: string | null;

  @Nullable('The address of the accessibility plan of several years.', Formed(PAGE))
  schemeUrl!: string | null;

  @Nullable('The address of the annual action plan.', Formed(PAGE))
  planUrl!: string | null;
}

/** The operator's texts from files of the server; null: the file is missing. */
export class PublishedStatements {
  @ApiProperty({ type: StatementText, nullable: true, description: '`legal.md`' })
  legal!: StatementText | null;

  @ApiProperty({ type: StatementText, nullable: true, description: '`privacy.md`' })
  privacy!: StatementText | null;

  @ApiProperty({ type: DataProtectionOfficer, nullable: true, description: '`dpo.yaml`' })
  dataProtectionOfficer!: DataProtectionOfficer | null;

  @ApiProperty({ type: AccessibilityDeclaration, nullable: true, description: '`accessibility.yaml`' })
  accessibility!: AccessibilityDeclaration | null;
}

export const NO_STATEMENTS: PublishedStatements = {
  legal: null,
  privacy: null,
  dataProtectionOfficer: null,
  accessibility: null,
};
