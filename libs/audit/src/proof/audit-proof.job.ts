import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, ScheduledJob, SECOND } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../journal/audit.service';
import { AuditVerifierService } from '../verification/audit-verifier.service';
import type { Verification } from '../verification/verification.types';
import { AuditProofService } from './audit-proof.service';
import type { ProofLease } from './audit-proof.repository';

const REPORT_EVERY_MS = SECOND;

/**
 * Makes requested proofs, as `portillon audit verify` does. When the process dies, its lease ends and another process
 * starts again from the beginning: half a proof is worth nothing.
 */
@Injectable()
export class AuditProofJob extends ScheduledJob implements OnApplicationShutdown {
  #stopping = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly proofs: AuditProofService,
    private readonly verifier: AuditVerifierService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {
    super();
  }

  onApplicationShutdown(): void {
    this.#stopping = true;
  }

  @Interval(SECOND)
  run(): Promise<void> {
    return this.turn(async () => {
      const lease = this.#stopping ? undefined : await this.proofs.lease();
      if (lease) await this.#prove(lease);
    });
  }

  async #prove(lease: ProofLease): Promise<void> {
    try {
      const found = await this.verifier.verify(lease.noted ?? undefined, this.#teller(lease));
      await this.transactions.run(async (tx) => {
        if (await this.proofs.end(lease, found, tx)) await this.#record(found, tx);
      });
    } catch (error) {
      await this.proofs.release(lease).catch(() => undefined);
      if (!(error instanceof GivenUpError)) throw error;
    }
  }

  /**
   * Records the progress and renews the lease. Throws to end a proof that another process has taken over, or that
   * would delay a shutdown.
   */
  #teller(lease: ProofLease): (lines: number) => Promise<void> {
    let reportedAt = this.clock.now().getTime();
    return async (lines) => {
      if (this.#stopping) throw new GivenUpError();
      const now = this.clock.now().getTime();
      if (now - reportedAt < REPORT_EVERY_MS) return;
      reportedAt = now;
      if (!(await this.proofs.advance(lease, lines))) throw new GivenUpError();
    };
  }

  #record({ verdict, head, lines, findings, moreFindings }: Verification, tx: EntityManager): Promise<void> {
    const data = {
      headSequence: head?.sequence,
      headDigest: head?.digest,
      lines,
      findings: findings.length + moreFindings,
    };
    const name = 'audit_verified';
    if (verdict === 'PROVEN') return this.audit.record({ name, outcome: 'SUCCESS', data }, tx);
    const reason = verdict === 'NOT PROVEN' ? 'not-proven' : 'inconclusive';
    return this.audit.record({ name, outcome: 'FAILURE', reason, data }, tx);
  }
}

class GivenUpError extends Error {}
