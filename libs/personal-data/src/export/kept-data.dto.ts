import { ApiProperty } from '@nestjs/swagger';
import type { KeptImportLine } from '@portillon/account';
import type { AuditEntry } from '@portillon/audit';
import { ActivityItem, activityItem } from '@portillon/my-account';
import type {} from '@portillon/openid';
import type { PersonalRecords } from '@portillon/persistence';

export class DataApplicationEntry {
  @ApiProperty()
  applicationId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null: it has been deleted.' })
  name!: string | null;

  @ApiProperty({ description: 'The session that opened it.' })
  sessionId!: string;

  @ApiProperty({ format: 'date-time' })
  enteredAt!: Date;

  @ApiProperty({ format: 'date-time' })
  lastUsedAt!: Date;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the person signed out of the application only; null: it ends with the session.',
  })
  endedAt!: Date | null;
}

export class DataActivity extends ActivityItem {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The other facts of the line, such as the claims of Pro Santé Connect.',
  })
  details!: Record<string, unknown> | null;
}

export class DataImportLine {
  @ApiProperty({ description: 'The file.' })
  importId!: string;

  @ApiProperty({ example: 12 })
  line!: number;

  @ApiProperty({ example: 'DONE' })
  state!: string;

  @ApiProperty()
  username!: string;

  @ApiProperty()
  displayName!: string;

  @ApiProperty()
  email!: string;

  @ApiProperty({ type: [String] })
  roles!: string[];

  @ApiProperty({ type: String, nullable: true })
  structure!: string | null;

  @ApiProperty({ type: String, nullable: true })
  nationalId!: string | null;
}

type Entry = PersonalRecords['applications'][number];

export function dataApplicationEntry({ createdAt: enteredAt, ...entry }: Entry): DataApplicationEntry {
  const { applicationId, name, sessionId, lastUsedAt, endedAt } = entry;
  return { applicationId, name, sessionId, enteredAt, lastUsedAt, endedAt };
}

export function dataActivity(entry: AuditEntry): DataActivity {
  return { ...activityItem(entry), details: entry.data };
}

export function dataImportLine({ importId, line, state, content }: KeptImportLine): DataImportLine {
  const { username, displayName, email, roles = [], structure = null, nationalId = null } = content;
  return { importId, line, state, username, displayName, email, roles: [...roles], structure, nationalId };
}
