import { ApiProperty } from '@nestjs/swagger';
import { CODE_CHANNELS } from '@portillon/account';
import type { Passkey } from '@portillon/authenticator';
import type { DeliveryLogEntry } from '@portillon/notification';
import { DataBrowser, dataBrowser, DataSession, dataSession } from './device-data.dto';
import { OWN_LISTS, OwnList } from '../lists/own-list.dto';
import { DataAccount, dataAccount, iso } from './data-account.dto';
import {
  DataActivity,
  dataActivity,
  DataApplicationEntry,
  dataApplicationEntry,
  DataImportLine,
  dataImportLine,
} from './kept-data.dto';
import type { PersonalRecords } from './personal-records.service';

const STATES = ['QUEUED', 'PENDING', 'SENDING', 'SENT', 'FAILED', 'UNCONFIRMED'] as const;

export class DataPasskey {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ example: 'device' })
  kind!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'How the identity was proven when it was enrolled.',
  })
  identityProof!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  identityProvedAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastUsedAt!: string | null;
}

export class DataMessage {
  @ApiProperty()
  id!: string;

  @ApiProperty({ description: 'What it was for.', example: 'code.sign-in' })
  kind!: string;

  @ApiProperty({ enum: CODE_CHANNELS, enumName: 'CodeChannel' })
  channel!: (typeof CODE_CHANNELS)[number];

  @ApiProperty({ enum: STATES, enumName: 'MessageState' })
  state!: (typeof STATES)[number];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  settledAt!: string | null;
}

export class DataList extends OwnList {
  @ApiProperty({ enum: OWN_LISTS })
  list!: string;
}

export class DataRecoveryCodes {
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ description: 'How many were not used yet.', example: 10 })
  remaining!: number;
}

/** Everything that is kept of a person: no secret, no content of a message, nothing of anybody else. */
export class PersonalData {
  @ApiProperty({ format: 'date-time' })
  exportedAt!: string;

  @ApiProperty({ type: DataAccount })
  account!: DataAccount;

  @ApiProperty({ type: [DataSession], description: 'Open ones, and ended ones for 30 days. Newest first.' })
  sessions!: DataSession[];

  @ApiProperty({ type: [DataBrowser], description: 'Known ones, and forgotten ones for 30 days.' })
  browsers!: DataBrowser[];

  @ApiProperty({ type: [DataPasskey], description: 'Those that open the account.' })
  passkeys!: DataPasskey[];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when an authenticator app gives the codes; its secret is no one’s to read.',
  })
  totpConfirmedAt!: string | null;

  @ApiProperty({
    type: DataRecoveryCodes,
    nullable: true,
    description: 'Without the codes, which are kept nowhere; null: the account has none.',
  })
  recoveryCodes!: DataRecoveryCodes | null;

  @ApiProperty({ type: [DataApplicationEntry], description: 'Which were entered in 30 days, newest first.' })
  applications!: DataApplicationEntry[];

  @ApiProperty({ type: [DataActivity], description: 'The journal of a year, newest first.' })
  activity!: DataActivity[];

  @ApiProperty({ type: [DataMessage], description: 'What was sent in 30 days, without its content.' })
  messages!: DataMessage[];

  @ApiProperty({ type: [DataList], description: 'Views and columns of lists that the person kept.' })
  lists!: DataList[];

  @ApiProperty({ type: [DataImportLine], description: 'Lines of files of accounts that name the person.' })
  imports!: DataImportLine[];
}

export function personalData(records: PersonalRecords): PersonalData {
  return {
    exportedAt: records.exportedAt.toISOString(),
    account: dataAccount(records.account),
    sessions: records.sessions.map(dataSession),
    browsers: records.browsers.map(dataBrowser),
    passkeys: records.passkeys.map(dataPasskey),
    totpConfirmedAt: iso(records.totpConfirmedAt),
    recoveryCodes: dataRecoveryCodes(records.recoveryCodes),
    applications: records.applications.map(dataApplicationEntry),
    activity: records.activity.map(dataActivity),
    messages: records.messages.map(dataMessage),
    lists: records.lists,
    imports: records.imports.map(dataImportLine),
  };
}

function dataRecoveryCodes(codes: PersonalRecords['recoveryCodes']): DataRecoveryCodes | null {
  return codes && { createdAt: codes.createdAt.toISOString(), remaining: codes.remaining };
}

function dataPasskey({ accountId, ...kept }: Passkey): DataPasskey {
  return {
    ...kept,
    identityProvedAt: iso(kept.identityProvedAt),
    createdAt: kept.createdAt.toISOString(),
    lastUsedAt: iso(kept.lastUsedAt),
  };
}

function dataMessage(line: DeliveryLogEntry): DataMessage {
  return { ...line, createdAt: line.createdAt.toISOString(), settledAt: iso(line.settledAt) };
}
