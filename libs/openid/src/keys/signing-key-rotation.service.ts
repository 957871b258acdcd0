import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import { Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import {
  SigningKeyEntity,
  readyAt,
  SIGNING_ALGORITHMS,
  SigningKeyInfo,
  SigningKeyRotation,
  SigningKeyRepository,
} from './signing-key.repository';
import { SigningKeyService, slotOf } from './signing-key.service';

/** The way of the signing keys: next, active, retired. */
@Injectable()
export class SigningKeyRotationService {
  constructor(
    private readonly rows: SigningKeyRepository,
    private readonly keys: SigningKeyService,
    private readonly transactions: Transactions,
    private readonly journal: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Creates and publishes the missing keys for the next rotation. Returns whether it created one. */
  async prepare(): Promise<boolean> {
    await this.keys.published();
    const made: boolean[] = [];
    for (const algorithm of SIGNING_ALGORITHMS) {
      const known = (await this.rows.all()).some((row) => row.slot === slotOf(algorithm, 'next'));
      if (!known) made.push(await this.keys.make(algorithm, 'next'));
    }
    if (!made.includes(true)) return false;
    await this.journal.record({ name: 'signing_key_next', outcome: 'SUCCESS', data: { by: 'command-line' } });
    return true;
  }

  /**
   * Retires the active keys and activates the next ones. Waits until relying parties have had a day to read them. `now`
   * skips the wait, for a stolen key.
   */
  async rotate({ now = false } = {}): Promise<SigningKeyRotation> {
    const rows = await this.rows.all();
    const next = SIGNING_ALGORITHMS.map((alg) => rows.find(({ slot }) => slot === slotOf(alg, 'next')));
    if (!next.every((row) => row !== undefined)) return { status: 'none-next' };
    const ready = new Date(Math.max(...next.map(({ createdAt }) => readyAt(createdAt).getTime())));
    if (!now && ready > this.clock.now()) return { status: 'too-soon', readyAt: ready };
    await this.transactions.run((tx) => this.#replace(rows, next, tx));
    return { status: 'rotated', keys: await this.keys.list() };
  }

  async #replace(rows: SigningKeyEntity[], next: SigningKeyInfo[], tx: EntityManager): Promise<void> {
    const at = this.clock.now();
    for (const { id, algorithm } of next) {
      const active = rows.find(({ slot }) => slot === slotOf(algorithm, 'active'));
      const retired = !active || (await this.rows.retire(active.id, at, tx));
      if (!retired || !(await this.rows.activate(id, slotOf(algorithm, 'active'), at, tx)))
        throw new Error('the signing keys are being rotated by another command');
    }
    const event = { name: 'signing_key_rotate', outcome: 'SUCCESS', data: { by: 'command-line' } } as const;
    await this.journal.record(event, tx);
  }
}
