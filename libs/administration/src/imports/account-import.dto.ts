import { ApiProperty } from '@nestjs/swagger';
import { IMPORT_MODES, IMPORT_STATES, LINE_STATES, WHEN_INTERRUPTED } from '@portillon/account';
import type { AccountImport, ImportLine, ImportProblem } from '@portillon/account';
import { importFindings } from './import-problem-text.service';

export class AdminImport {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    enum: IMPORT_STATES,
    enumName: 'ImportState',
    description:
      '`CHECKED`: waits for `start`. `REFUSED`: a line is invalid and all or none was requested. `ABANDONED`: the upload broke off.',
  })
  state!: (typeof IMPORT_STATES)[number];

  @ApiProperty({ enum: IMPORT_MODES, enumName: 'ImportMode' })
  mode!: (typeof IMPORT_MODES)[number];

  @ApiProperty({ enum: WHEN_INTERRUPTED, enumName: 'WhenInterrupted' })
  whenInterrupted!: (typeof WHEN_INTERRUPTED)[number];

  @ApiProperty()
  dryRun!: boolean;

  @ApiProperty({ description: 'Lines of the file, without its header.' })
  total!: number;

  @ApiProperty({ description: 'Lines checked.' })
  checked!: number;

  @ApiProperty({ description: 'Invalid lines: see their report.' })
  bad!: number;

  @ApiProperty({ description: 'Accounts created.' })
  created!: number;

  @ApiProperty({ description: 'Invitations written; they leave at a set pace.' })
  invited!: number;

  @ApiProperty({
    description: 'People who have an account elsewhere, to whom a membership is proposed instead.',
  })
  proposed!: number;

  @ApiProperty({ description: 'Accounts deleted again.' })
  undone!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  changedAt!: string;
}

export class AdminImportPage {
  @ApiProperty({ type: [AdminImport] })
  items!: AdminImport[];

  @ApiProperty({ type: String, nullable: true, description: 'Send it as `cursor` to get the next page.' })
  nextCursor!: string | null;
}

export class AdminImportProblem {
  @ApiProperty({ example: 'email' })
  field!: string;

  @ApiProperty({ example: 'format', description: '`format`, `choice`, `required`, `taken`, `double`.' })
  code!: string;

  @ApiProperty({ description: 'In the language of the request.' })
  message!: string;
}

export class AdminImportLine {
  @ApiProperty({ description: 'The line number in the file; the header is line 1.' })
  line!: number;

  @ApiProperty({ enum: LINE_STATES, enumName: 'ImportLineState' })
  state!: (typeof LINE_STATES)[number];

  @ApiProperty()
  username!: string;

  @ApiProperty()
  displayName!: string;

  @ApiProperty()
  email!: string;

  @ApiProperty({ type: [AdminImportProblem] })
  problems!: AdminImportProblem[];

  @ApiProperty({
    type: [AdminImportProblem],
    description:
      'Mere warnings: `mssante`, an address that receives no codes; `has-account`, a person who has an account elsewhere, to whom a membership is proposed.',
  })
  warnings!: AdminImportProblem[];
}

export class AdminImportLines {
  @ApiProperty({ type: [AdminImportLine] })
  items!: AdminImportLine[];

  @ApiProperty({ type: String, nullable: true, description: 'Send it as `cursor` to get the next page.' })
  nextCursor!: string | null;
}

export function importView(job: AccountImport): AdminImport {
  const { id, state, mode, whenInterrupted, dryRun, total, lines } = job;
  const created = lines.MADE + lines.INVITED + lines.KEPT;
  return {
    id,
    state,
    mode,
    whenInterrupted,
    dryRun,
    total,
    checked: Object.values(lines).reduce((sum, count) => sum + count, 0) - lines.NEW,
    bad: lines.BAD,
    created,
    invited: lines.INVITED,
    proposed: lines.FOUND + lines.PROPOSED,
    undone: lines.UNDONE,
    createdAt: job.createdAt.toISOString(),
    changedAt: job.changedAt.toISOString(),
  };
}

export function importLineView(one: ImportLine, text: (problem: ImportProblem) => string): AdminImportLine {
  const { line, state, content } = one;
  const { username, displayName, email } = content;
  const { problems, warnings } = importFindings(one);
  const withMessages = (found: ImportProblem[]) => found.map((one) => ({ ...one, message: text(one) }));
  const messages = { problems: withMessages(problems), warnings: withMessages(warnings) };
  return { line, state, username, displayName, email, ...messages };
}
