import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { Database, rawSql } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';

/** An address that a person wants in place of theirs, and the code that is to prove it. */
export interface EmailProposal {
  /** The challenge whose code went to the address: that code proves this address and no other. */
  proofId: string;
  accountId: string;
  email: string;
  expiresAt: Date;
}

/** Mail addresses between the wish and the proof. */
@Injectable()
export class EmailChangeService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async propose({ proofId, accountId, email, expiresAt }: EmailProposal, tx: EntityManager): Promise<void> {
    const sql = 'INSERT INTO emailChange (proofId, accountId, email, expiresAt) VALUES (?, ?, ?, ?)';
    await rawSql(tx).execute(sql, [proofId, accountId, email, expiresAt]);
  }

  /** The address that this proof was sent to, once: of all who try, one gets it. */
  async take(proofId: string, accountId: string, tx: EntityManager): Promise<string | undefined> {
    const row = await rawSql(tx).row<{ email: string }>(
      'SELECT email FROM emailChange WHERE proofId = ? AND accountId = ?',
      [proofId, accountId],
    );
    const taken = row && (await rawSql(tx).execute('DELETE FROM emailChange WHERE proofId = ?', [proofId]));
    return taken === 1 ? row?.email : undefined;
  }

  /** Forgets what the person had begun: for an erasure. */
  async forget(accountId: string, tx: EntityManager): Promise<void> {
    await rawSql(tx).execute('DELETE FROM emailChange WHERE accountId = ?', [accountId]);
  }

  /** Deletes at most `batch` whose code is over. */
  async purge(batch: number): Promise<number> {
    const sql = `SELECT proofId FROM emailChange WHERE expiresAt < ? ORDER BY expiresAt LIMIT ${Math.trunc(batch)}`;
    return this.database.execute(
      `DELETE FROM emailChange WHERE proofId IN (SELECT proofId FROM (${sql}) AS doomed)`,
      [this.clock.now()],
    );
  }
}
