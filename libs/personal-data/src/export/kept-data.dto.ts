import { ApiProperty } from '@nestjs/swagger';
import type {} from '@portillon/openid';
import { DIRECTORY_CHANGE_KINDS } from '@portillon/account';
import type { DirectoryChangeKind, KeptImportLine } from '@portillon/account';
import type { AuditEntry } from '@portillon/audit';
import { ActivityItem, activityItem } from '@portillon/my-account';
import type { PersonalRecords } from '@portillon/persistence';
import type { KeptDevice, KeptSession } from '@portillon/session';

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

export class DataWave {
  @ApiProperty({ description: 'The wave of invitations.' })
  waveId!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  invitedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  remindedAt!: Date | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the link was opened.',
  })
  openedAt!: Date | null;
}

type Entry = PersonalRecords['applications'][number];

export function dataApplicationEntry({ createdAt: enteredAt, ...entry }: Entry): DataApplicationEntry {
  const { applicationId, name, sessionId, lastUsedAt, endedAt } = entry;
  return { applicationId, name, sessionId, enteredAt, lastUsedAt, endedAt };
}

export function dataWave(member: PersonalRecords['waves'][number]): DataWave {
  const { waveId, invitedAt, remindedAt, openedAt } = member;
  return { waveId, invitedAt, remindedAt, openedAt };
}

export function dataActivity(entry: AuditEntry): DataActivity {
  return { ...activityItem(entry), details: entry.data };
}

export function dataImportLine({ importId, line, state, content }: KeptImportLine): DataImportLine {
  const { username, displayName, email, roles = [], structure = null, nationalId = null } = content;
  return { importId, line, state, username, displayName, email, roles: [...roles], structure, nationalId };
}

/** Codes of the national directories. */
export class DataPractice {
  @ApiProperty({ type: String, nullable: true, example: '10' })
  profession!: string | null;

  @ApiProperty({ type: String, nullable: true })
  skill!: string | null;

  @ApiProperty({ type: String, nullable: true })
  mode!: string | null;

  @ApiProperty({ type: String, nullable: true })
  sector!: string | null;

  @ApiProperty({ type: String, nullable: true })
  structure!: string | null;

  @ApiProperty({ type: String, nullable: true })
  structureId!: string | null;
}

export class DataDirectoryChange {
  @ApiProperty({ enum: DIRECTORY_CHANGE_KINDS, enumName: 'DirectoryChangeKind' })
  kind!: DirectoryChangeKind;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What the directory shows: a name, a national id, a FINESS.',
  })
  details!: object;

  @ApiProperty({ format: 'date-time' })
  foundAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  decidedAt!: Date | null;

  @ApiProperty({ type: String, enum: ['applied', 'set-aside'], nullable: true })
  decision!: 'applied' | 'set-aside' | null;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
}

class DataDevice {
  @ApiProperty()
  id!: string;

  @ApiProperty({ description: 'The User-Agent of the browser.' })
  device!: string;

  @ApiProperty()
  address!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: Date | null;

  @ApiProperty({ type: String, nullable: true })
  endReason!: string | null;
}

export class DataSession extends DataDevice {
  @ApiProperty({ enum: [], enumName: 'MeansId' })
  means!: string;

  @ApiProperty({ type: [String], description: 'Authentication methods of RFC 8176.' })
  amr!: string[];

  @ApiProperty({ type: DataPractice, nullable: true, description: 'As Pro Santé Connect gave it.' })
  activity!: DataPractice | null;

  @ApiProperty({ format: 'date-time' })
  signedInAt!: Date;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: Date;
}

export class DataBrowser extends DataDevice {
  @ApiProperty({ format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ format: 'date-time' })
  codeAcceptedAt!: Date;

  @ApiProperty({ format: 'date-time' })
  lastUsedAt!: Date;
}

export function dataSession({ userAgent: device, ...kept }: KeptSession): DataSession {
  return { ...kept, device };
}

export function dataBrowser({ userAgent: device, ...kept }: KeptDevice): DataBrowser {
  return { ...kept, device };
}
