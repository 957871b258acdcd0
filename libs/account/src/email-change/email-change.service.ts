import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { EmailChangeRepository } from './email-change.repository';

/** A new address of a person, and the code that must prove it. */
export interface EmailProposal {
  /** The challenge whose code was sent to the address: that code proves this address and no other. */
  proofId: string;
  accountId: string;
  email: string;
  expiresAt: Date;
}

/** Mail addresses that were requested and not proved. */
@Injectable()
export class EmailChangeService {
  constructor(
    private readonly changes: EmailChangeRepository,
    private readonly clock: Clock,
  ) {}

  async propose({ proofId, accountId, email, expiresAt }: EmailProposal, tx: EntityManager): Promise<void> {
    await this.changes.insert({ proofId, accountId, email, expiresAt }, tx);
  }

  /** Returns the address of this proof, once: one of several concurrent callers gets it. */
  async take(proofId: string, accountId: string, tx: EntityManager): Promise<string | undefined> {
    const change = await this.changes.find(proofId, accountId, tx);
    return change && (await this.changes.delete(proofId, tx)) ? change.email : undefined;
  }

  /** Deletes at most `batch` whose code has expired. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.changes.deleteExpired(this.clock.now(), batch);
  }
}
