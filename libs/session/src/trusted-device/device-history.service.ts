import { Injectable } from '@nestjs/common';
import type { SessionEntity } from '../session/session.entity';
import { SessionRepository } from '../session/session.repository';
import type { TrustedDeviceEntity } from './trusted-device.entity';
import { TrustedDeviceRepository } from './trusted-device.repository';

/** A session as it is kept, open or ended. */
export type SessionHistoryItem = Pick<
  SessionEntity,
  | 'id'
  | 'means'
  | 'amr'
  | 'activity'
  | 'userAgent'
  | 'address'
  | 'signedInAt'
  | 'expiresAt'
  | 'endedAt'
  | 'endReason'
>;

/** A remembered browser as it is kept, known or forgotten. */
export type TrustedDeviceHistoryItem = Pick<
  TrustedDeviceEntity,
  'id' | 'userAgent' | 'address' | 'createdAt' | 'codeAcceptedAt' | 'lastUsedAt' | 'endedAt' | 'endReason'
>;

/** Everything that is kept of where a person signed in, for who asks what is known of them (GDPR, article 15). */
@Injectable()
export class DeviceHistoryService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly devices: TrustedDeviceRepository,
  ) {}

  /** Newest first. */
  async sessionsOf(accountId: string): Promise<SessionHistoryItem[]> {
    const rows = await this.sessions.all(accountId);
    return rows.map(
      ({ id, means, amr, activity, userAgent, address, signedInAt, expiresAt, endedAt, endReason }) => ({
        id,
        means,
        amr,
        activity,
        userAgent,
        address,
        signedInAt,
        expiresAt,
        endedAt,
        endReason,
      }),
    );
  }

  /** The latest used first. */
  async trustedDevicesOf(accountId: string): Promise<TrustedDeviceHistoryItem[]> {
    const rows = await this.devices.all(accountId);
    return rows.map(
      ({ id, userAgent, address, createdAt, codeAcceptedAt, lastUsedAt, endedAt, endReason }) => ({
        id,
        userAgent,
        address,
        createdAt,
        codeAcceptedAt,
        lastUsedAt,
        endedAt,
        endReason,
      }),
    );
  }
}
