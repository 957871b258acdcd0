import { ApiProperty } from '@nestjs/swagger';
import type { KeptDevice, KeptSession } from '@portillon/session';

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
