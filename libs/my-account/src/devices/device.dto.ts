import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant } from '@portillon/http';
import type { AuditEntry } from '@portillon/audit';
import type { Session, TrustedDevice } from '@portillon/session';

const OUTCOMES = ['SUCCESS', 'FAILURE'] as const;

export class SessionItem {
  @ApiProperty()
  id!: string;

  @ApiProperty({ description: 'Whether it is the session of this request.' })
  current!: boolean;

  @ApiProperty({ enum: [], enumName: 'MeansId' })
  means!: string;

  @ApiProperty({ description: 'The User-Agent of the browser.' })
  device!: string;

  @ApiProperty()
  address!: string;

  @ApiProperty({ format: 'date-time' })
  signedInAt!: string;

  @ApiProperty({ format: 'date-time' })
  idleExpiresAt!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export class SessionList {
  @ApiProperty({ type: [SessionItem] })
  items!: SessionItem[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class BrowserItem {
  @ApiProperty()
  id!: string;

  @ApiProperty({ description: 'Whether the session of this request was opened in it.' })
  current!: boolean;

  @ApiProperty({ description: 'The User-Agent of the browser.' })
  device!: string;

  @ApiProperty({ format: 'date-time' })
  codeAcceptedAt!: string;

  @NullableInstant('The browser needs no code until this time.')
  codeValidUntil!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  lastUsedAt!: string;
}

export class BrowserList {
  @ApiProperty({ type: [BrowserItem] })
  items!: BrowserItem[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class ActivityItem {
  @ApiProperty()
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'authn_login_success', description: 'A name of the OWASP logging vocabulary.' })
  name!: string;

  @ApiProperty({ enum: OUTCOMES, enumName: 'Outcome' })
  outcome!: (typeof OUTCOMES)[number];

  @ApiProperty({ type: String, nullable: true })
  means!: string | null;

  @ApiProperty({ type: String, nullable: true })
  channel!: string | null;

  @ApiProperty({ type: String, nullable: true })
  device!: string | null;

  @ApiProperty({ type: String, nullable: true })
  address!: string | null;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
}

export class ActivityPage {
  @ApiProperty({ type: [ActivityItem] })
  items!: ActivityItem[];

  @ApiProperty({ type: String, nullable: true, description: 'Send it as `cursor` to get the next page.' })
  nextCursor!: string | null;
}

export function sessionItem(session: Session, currentId: string): SessionItem {
  return {
    id: session.id,
    current: session.id === currentId,
    means: session.means,
    device: session.device.userAgent,
    address: session.device.address,
    signedInAt: session.signedInAt.toISOString(),
    idleExpiresAt: session.idleExpiresAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  };
}

export function browserItem(
  browser: TrustedDevice,
  validUntil: Date | null,
  currentId: string | null,
): BrowserItem {
  return {
    id: browser.id,
    current: browser.id === currentId,
    device: browser.device.userAgent,
    codeAcceptedAt: browser.codeAcceptedAt.toISOString(),
    codeValidUntil: validUntil?.toISOString() ?? null,
    createdAt: browser.createdAt.toISOString(),
    lastUsedAt: browser.lastUsedAt.toISOString(),
  };
}

export function activityItem(entry: AuditEntry): ActivityItem {
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    name: entry.name,
    outcome: entry.outcome,
    means: entry.means,
    channel: entry.channel,
    // When another person did it, the device is theirs and is not shown.
    device: entry.actorId ? null : entry.device,
    address: entry.actorId ? null : entry.address,
    reason: entry.reason,
  };
}
