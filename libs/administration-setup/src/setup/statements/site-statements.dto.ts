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
/** What may be left out. */
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

  @Nullable('Where it leads: `https:`, `mailto:`, or a path of this service; null: it is no link.')
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

  @ApiProperty({ type: [StatementBlock], nullable: true, description: 'Null: it was not translated.' })
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

  @Nullable('Where to write by post.', Line(300))
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

  @ApiProperty({ description: 'The body that declares.' })
  @Line(200)
  entity!: string;

  @ApiProperty({ enum: ACCESSIBILITY_STATES, enumName: 'AccessibilityState' })
  @IsIn(ACCESSIBILITY_STATES)
  state!: AccessibilityState;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Of the criteria that apply, how many the audit found met, in percent.',
  })
  @ValidateIf((_file, value) => value !== null)
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(100)
  rate!: number | null;

  @Nullable('The day of the audit: `2026-11-24`.', Formed(DAY))
  auditedOn!: string | null;

  @Nullable('Who made it.', Line(200))
  auditor!: string | null;

  @Lines('What is not accessible, and is to be.')
  nonConformities!: string[];

  @Lines('What is not, since it would be a disproportionate burden.')
  disproportionateBurden!: string[];

  @Lines('What the law does not ask for.')
  exempt!: string[];

  @ApiProperty({ description: 'When it was established: `2026-11-25`.' })
  @Formed(DAY)
  establishedOn!: string;

  @Nullable('When it was changed last.', Formed(DAY))
  updatedOn!: string | null;

  @Lines('Of what the pages are made.')
  technologies!: string[];

  @Lines('With what browsers and assistive technologies they were tried.')
  environment!: string[];

  @Lines('With what tools.')
  tools!: string[];

  @Lines('Which pages were looked at.')
  pages!: string[];

  @ApiProperty({ description: 'Whom who meets an obstacle writes to.' })
  @Email()
  email!: string;

  @Nullable('And calls.', Formed(PHONE))
  phone!: string | null;

  @Nullable('And writes to by post.', Line(300))
  address!: string | null;

  @Nullable('Where the scheme of several years is published.', Formed(PAGE))
  schemeUrl!: string | null;

  @Nullable('Where the plan of the year is published.', Formed(PAGE))
  planUrl!: string | null;
}

/** What the operator publishes by files of the server; null: the file is not there. */
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
