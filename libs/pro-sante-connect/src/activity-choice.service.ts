import { Injectable } from '@nestjs/common';
import {
  Clock,
  issueToken,
  Keyring,
  MINUTE,
  parseToken,
  Random,
  secretMatches,
  shift,
} from '@portillon/kernel';
import { Database, rawSql } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { Activity } from './identity';
import { purgeExpired } from './purge';

/** Somebody whom PSC has proved. */
export interface Identity {
  nationalId: string;
  subject: string;
  sid: string | null;
  acr: string;
  amr: string[];
  idToken: string;
  activities: Activity[];
}

export interface PendingActivityChoice {
  id: string;
  identity: Identity;
  returnTo: string;
}

interface PendingActivityChoiceRow {
  id: string;
  secretDigest: string;
  identitySealed: string;
  returnTo: string;
  consumedAt: Date | null;
  expiresAt: Date;
}

const LIFE_MS = 15 * MINUTE;
const SEALED = 'psc-choice';

/** People with several activities, between PSC's answer and their choice: no session yet, and another cookie. */
@Injectable()
export class ActivityChoiceService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  /** The token is given once. */
  async offer(identity: Identity, returnTo: string): Promise<string> {
    const token = issueToken(this.random);
    await this.database.execute(
      'INSERT INTO pscChoice (id, secretDigest, identitySealed, returnTo, expiresAt) VALUES (?, ?, ?, ?, ?)',
      [
        token.id,
        token.secretDigest,
        this.keyring.seal(SEALED, JSON.stringify(identity), this.random),
        returnTo,
        shift(this.clock.now(), LIFE_MS),
      ],
    );
    return token.value;
  }

  async find(token: string | undefined): Promise<PendingActivityChoice | undefined> {
    const parsed = parseToken(token);
    if (!parsed) return undefined;
    const sql =
      'SELECT id, secretDigest, identitySealed, returnTo, consumedAt, expiresAt FROM pscChoice WHERE id = ?';
    const row = await this.database.row<PendingActivityChoiceRow>(sql, [parsed.id]);
    if (!row || !secretMatches(parsed.secret, row.secretDigest)) return undefined;
    if (row.consumedAt || row.expiresAt <= this.clock.now()) return undefined;
    const identity = JSON.parse(this.keyring.open(SEALED, row.identitySealed)) as Identity;
    return { id: row.id, identity, returnTo: row.returnTo };
  }

  /** Exactly one wins. */
  async consume(id: string, tx: EntityManager): Promise<boolean> {
    const now = this.clock.now();
    const sql =
      "UPDATE pscChoice SET consumedAt = ?, identitySealed = '' WHERE id = ? AND consumedAt IS NULL";
    return (await rawSql(tx).execute(sql, [now, id])) === 1;
  }

  purge(batch: number): Promise<number> {
    return purgeExpired(this.database, 'pscChoice', 'id', this.clock.now(), batch);
  }
}
