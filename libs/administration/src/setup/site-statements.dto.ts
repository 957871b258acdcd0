import { ApiProperty } from '@nestjs/swagger';
import { ACCESSIBILITY_STATES } from '@portillon/account';
import type { AccessibilityState } from '@portillon/account';

const Told = (description: string): PropertyDecorator =>
  ApiProperty({ type: String, nullable: true, description });
const Texts = (description: string): PropertyDecorator => ApiProperty({ type: [String], description });

export class StatementRun {
  @ApiProperty()
  text!: string;

  @ApiProperty()
  strong!: boolean;

  @Told('Where it leads: `https:`, `mailto:`, or a path of this service; null: it is no link.')
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

export class DataProtectionOfficer {
  @Told('The name.')
  name!: string | null;

  @ApiProperty({ example: 'dpo@sante.example' })
  email!: string;

  @Told('The telephone.')
  phone!: string | null;

  @Told('Where to write by post.')
  address!: string | null;
}

/** The declaration of accessibility (decree 2019-768, RGAA 4.1.2); its texts are French. */
export class AccessibilityDeclaration {
  @ApiProperty({ description: 'The body that declares.' })
  entity!: string;

  @ApiProperty({ enum: ACCESSIBILITY_STATES, enumName: 'AccessibilityState' })
  state!: AccessibilityState;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Of the criteria that apply, how many the audit found met, in percent.',
  })
  rate!: number | null;

  @Told('The day of the audit: `2026-11-24`.')
  auditedOn!: string | null;

  @Told('Who made it.')
  auditor!: string | null;

  @Texts('What is not accessible, and is to be.')
  nonConformities!: string[];

  @Texts('What is not, since it would be a disproportionate burden.')
  disproportionateBurden!: string[];

  @Texts('What the law does not ask for.')
  exempt!: string[];

  @ApiProperty({ description: 'When it was established: `2026-11-25`.' })
  establishedOn!: string;

  @Told('When it was changed last.')
  updatedOn!: string | null;

  @Texts('Of what the pages are made.')
  technologies!: string[];

  @Texts('With what browsers and assistive technologies they were tried.')
  environment!: string[];

  @Texts('With what tools.')
  tools!: string[];

  @Texts('Which pages were looked at.')
  pages!: string[];

  @ApiProperty({ description: 'Whom who meets an obstacle writes to.' })
  email!: string;

  @Told('And calls.')
  phone!: string | null;

  @Told('And writes to by post.')
  address!: string | null;

  @Told('Where the scheme of several years is published.')
  schemeUrl!: string | null;

  @Told('Where the plan of the year is published.')
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
