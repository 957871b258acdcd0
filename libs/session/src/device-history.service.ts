import { Injectable } from '@nestjs/common';
import { Database } from '@portillon/persistence';
import { toWords } from './session.row';
import type { SessionMeans } from './session.types';

/** A session as it is kept, open or ended. */
export interface SessionHistoryItem {
  id: string;
  means: SessionMeans;
  amr: string[];
  userAgent: string;
  address: string;
  signedInAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  endReason: string | null;
}

/** A remembered browser as it is kept, known or forgotten. */
export interface TrustedDeviceHistoryItem {
  id: string;
  userAgent: string;
  address: string;
  createdAt: Date;
  codeAcceptedAt: Date;
  lastUsedAt: Date;
  endedAt: Date | null;
  endReason: string | null;
}

/** More than anybody has: what is kept goes 30 days after its end. */
const MOST = 1_000;

/** Everything that is kept of where a person signed in, for who asks what is known of them (GDPR, article 15). */
@Injectable()
export class DeviceHistoryService {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async sessionsOf(accountId: string): Promise<SessionHistoryItem[]> {
    const sql = `SELECT id, means, amr, userAgent, address, signedInAt, expiresAt, endedAt, endReason FROM session
      WHERE accountId = ? ORDER BY id DESC LIMIT ${MOST}`;
    const rows = await this.database.rows<Omit<SessionHistoryItem, 'amr'> & { amr: string }>(sql, [
      accountId,
    ]);
    return rows.map((row) => ({ ...row, amr: toWords(row.amr) }));
  }

  /** The latest used first. */
  trustedDevicesOf(accountId: string): Promise<TrustedDeviceHistoryItem[]> {
    const sql = `SELECT id, userAgent, address, createdAt, codeAcceptedAt, lastUsedAt, endedAt, endReason
      FROM rememberedBrowser WHERE accountId = ? ORDER BY lastUsedAt DESC, id DESC LIMIT ${MOST}`;
    return this.database.rows<TrustedDeviceHistoryItem>(sql, [accountId]);
  }
}
