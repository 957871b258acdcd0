import { ApiProperty } from '@nestjs/swagger';
import type {} from '@portillon/authenticator';
import type {} from '@portillon/notification';
import type { Channel } from '@portillon/kernel';
import { OWN_LISTS, OwnList } from '@portillon/my-account';
import type { PersonalRecords } from '@portillon/persistence';
import { DataAccount, dataAccount, DataProposal, dataProposal } from './data-account.dto';
import {
  DataBrowser,
  dataBrowser,
  DataSession,
  dataSession,
  DataActivity,
  dataActivity,
  DataApplicationEntry,
  dataApplicationEntry,
  DataDirectoryChange,
  DataImportLine,
  dataImportLine,
  DataWave,
  dataWave,
} from './kept-data.dto';

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
  identityProvedAt!: Date | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastUsedAt!: Date | null;
}

export class DataMessage {
  @ApiProperty()
  id!: string;

  @ApiProperty({ description: 'The purpose of the message.', example: 'code.sign-in' })
  kind!: string;

  @ApiProperty({ enum: [], enumName: 'CodeChannel' })
  channel!: Channel;

  @ApiProperty({ enum: STATES, enumName: 'MessageState' })
  state!: (typeof STATES)[number];

  @ApiProperty({ format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  settledAt!: Date | null;
}

export class DataList extends OwnList {
  @ApiProperty({ enum: OWN_LISTS })
  list!: string;
}

export class DataRecoveryCodes {
  @ApiProperty({ format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ description: 'The number of unused codes.', example: 10 })
  remaining!: number;
}

declare module '@portillon/persistence' {
  interface PersonalRecords {
    /** From the administration, which uses this library. */
    weeklyMail: boolean;
  }
}

/** Everything that is kept of a person: no secret, no content of a message, nothing of anybody else. */
export class PersonalData {
  @ApiProperty({ format: 'date-time' })
  exportedAt!: Date;

  @ApiProperty({ type: DataAccount })
  account!: DataAccount;

  @ApiProperty({
    type: [DataSession],
    description: 'Open sessions and those of the last 30 days, newest first.',
  })
  sessions!: DataSession[];

  @ApiProperty({ type: [DataBrowser], description: 'Remembered browsers and those of the last 30 days.' })
  browsers!: DataBrowser[];

  @ApiProperty({ type: [DataPasskey], description: 'The passkeys that open the account.' })
  passkeys!: DataPasskey[];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when the account has an authenticator app. Its secret cannot be exported.',
  })
  totpConfirmedAt!: Date | null;

  @ApiProperty({
    type: DataRecoveryCodes,
    nullable: true,
    description: 'Never the codes; null: the account has none.',
  })
  recoveryCodes!: DataRecoveryCodes | null;

  @ApiProperty({
    type: [DataApplicationEntry],
    description: 'Those opened in the last 30 days, newest first.',
  })
  applications!: DataApplicationEntry[];

  @ApiProperty({ type: [DataActivity], description: 'The journal of a year, newest first.' })
  activity!: DataActivity[];

  @ApiProperty({ type: [DataMessage], description: 'Those of the last 30 days, without content.' })
  messages!: DataMessage[];

  @ApiProperty({ type: [DataList], description: 'The saved views and columns of lists.' })
  lists!: DataList[];

  @ApiProperty({ description: 'Whether the person, an administrator, chose a mail each Monday.' })
  weeklyMail!: boolean;

  @ApiProperty({ type: [DataImportLine], description: 'Lines of import files that name the person.' })
  imports!: DataImportLine[];

  @ApiProperty({ type: [DataProposal], description: 'Memberships that structures offer to the person.' })
  proposals!: DataProposal[];

  @ApiProperty({
    type: [DataDirectoryChange],
    description: 'What the national directory showed otherwise, and what an administrator decided.',
  })
  directoryChanges!: DataDirectoryChange[];

  @ApiProperty({ type: [DataWave], description: 'Waves of invitations that include the person.' })
  waves!: DataWave[];
}

/** The sources' data, without the fields that are not for the account holder. */
export function personalData(exportedAt: Date, records: PersonalRecords): PersonalData {
  const {
    account,
    memberships,
    sessions,
    browsers,
    passkeys,
    applications,
    activity,
    imports,
    proposals,
    waves,
    ...asKept
  } = records;
  return {
    ...asKept,
    exportedAt,
    account: dataAccount(account, memberships),
    sessions: sessions.map(dataSession),
    browsers: browsers.map(dataBrowser),
    passkeys: passkeys.map(({ accountId, ...passkey }) => passkey),
    applications: applications.map(dataApplicationEntry),
    activity: activity.map(dataActivity),
    imports: imports.map(dataImportLine),
    proposals: proposals.map(dataProposal),
    waves: waves.map(dataWave),
  };
}
