import { Injectable } from '@nestjs/common';
import { Clock, HOUR, Keyring, lowestId, Random, shift } from '@portillon/kernel';
import { Database, rawSql } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';

/** Who asked for a new password, as it came: a user name or a mail address, and whence. */
export interface ResetRequest {
  name: string;
  client: ResetClient;
}

export interface ResetClient {
  address: string;
  addressBlock: string;
  userAgent: string;
  locale: 'fr' | 'en';
  requestId: string;
}

export interface QueuedReset extends ResetRequest {
  id: string;
}

const PURPOSE = 'account.reset-request';
/** What waited longer than that is of no use: its asker has asked again. */
const USEFUL_MS = HOUR;

/**
 * The queue between the asking for a new password and the look-up of who asked. To ask costs one INSERT whoever is
 * named, so that neither the answer nor its time tells whether there is such an account (ASVS 5.0, 6.3.8).
 */
@Injectable()
export class ResetRequestService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  async ask(request: ResetRequest): Promise<void> {
    const sealed = this.keyring.seal(PURPOSE, JSON.stringify(request), this.random);
    await this.database.execute('INSERT INTO resetRequest (id, sealedRequest) VALUES (?, ?)', [
      this.random.id(),
      sealed,
    ]);
  }

  /** The oldest requests, at most `batch`. Take each with {@link take} before anything is done about it. */
  async waiting(batch: number): Promise<QueuedReset[]> {
    const sql = `SELECT id, sealedRequest FROM resetRequest WHERE id >= ? ORDER BY id LIMIT ${Math.trunc(batch)}`;
    const oldest = lowestId(shift(this.clock.now(), -USEFUL_MS));
    const rows = await this.database.rows<{ id: string; sealedRequest: string }>(sql, [oldest]);
    return rows.flatMap((row) => this.#open(row));
  }

  /** Takes one out of the queue, in the transaction that answers it. Of several instances, one gets `true`. */
  async take(id: string, tx: EntityManager): Promise<boolean> {
    return (await rawSql(tx).execute('DELETE FROM resetRequest WHERE id = ?', [id])) === 1;
  }

  /** Deletes at most `batch` that nobody took in an hour: their key left the ring, or the service was away. */
  async purge(batch: number): Promise<number> {
    const sql = `SELECT id FROM resetRequest WHERE id < ? ORDER BY id LIMIT ${Math.trunc(batch)}`;
    return this.database.execute(`DELETE FROM resetRequest WHERE id IN (SELECT id FROM (${sql}) AS doomed)`, [
      lowestId(shift(this.clock.now(), -USEFUL_MS)),
    ]);
  }

  #open({ id, sealedRequest }: { id: string; sealedRequest: string }): QueuedReset[] {
    try {
      return [{ id, ...(JSON.parse(this.keyring.open(PURPOSE, sealedRequest)) as ResetRequest) }];
    } catch {
      return [];
    }
  }
}
