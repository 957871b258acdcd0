import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { EmailChangeRepository } from './email-change.repository';

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
    private readonly changes: EmailChangeRepository,
    private readonly clock: Clock,
  ) {}

  async propose({ proofId, accountId, email, expiresAt }: EmailProposal, tx: EntityManager): Promise<void> {
    await this.changes.insert({ proofId, accountId, email, expiresAt }, tx);
  }

  /** The address that this proof was sent to, once: of all who try, one gets it. */
  async take(proofId: string, accountId: string, tx: EntityManager): Promise<string | undefined> {
    const change = await this.changes.find(proofId, accountId, tx);
    return change && (await this.changes.delete(proofId, tx)) ? change.email : undefined;
  }

  /** Deletes at most `batch` whose code is over: how many. */
  purge(batch: number): Promise<number> {
    return this.changes.deleteExpired(this.clock.now(), batch);
  }
}
