import { Injectable } from '@nestjs/common';
import { Clock, Random, SECOND, addMilliseconds } from '@portillon/kernel';
import { isUniqueViolation } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { Head, Verification } from '../verification/verification.types';
import { AuditSealRepository } from '../seal/audit-seal.repository';
import { AuditProofRepository, ProofResult, AuditProof, ProofLease } from './audit-proof.repository';
import type { AuditProofEntity } from './audit-proof.repository';

/** Lease of a process: a silent one is considered dead. */
const LEASE_MS = 30 * SECOND;
const FREE = { heldBy: null, heldUntilAt: null };

/** Proofs of the journal, requested by a person and made by a process that runs jobs: one at a time. */
@Injectable()
export class AuditProofService {
  constructor(
    private readonly proofs: AuditProofRepository,
    private readonly seals: AuditSealRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Returns the latest requested proof. */
  async latest(): Promise<AuditProof | null> {
    const row = await this.proofs.find();
    return row && proofOf(row);
  }

  /** Requests a proof. Returns false while another one is running. `noted`: a head that was kept elsewhere, to look for. */
  async ask(askedBy: string | null, noted: Head | null, tx: EntityManager): Promise<boolean> {
    const totalLines = await this.seals.countLines(tx);
    const asked = { askedBy, askedAt: this.clock.now(), noted, readLines: 0, totalLines };
    const row = { ...asked, ...FREE, endedAt: null, result: null };
    if (await this.proofs.replace(row, tx)) return true;
    try {
      await this.proofs.insert(row, tx);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Leases the running proof without a worker to this caller. */
  async lease(): Promise<ProofLease | undefined> {
    const heldBy = this.random.id();
    const now = this.clock.now();
    if (!(await this.proofs.takeLease(heldBy, now, addMilliseconds(now, LEASE_MS)))) return undefined;
    return { heldBy, noted: (await this.proofs.find())!.noted };
  }

  /** Records the progress. Returns false when another process has taken over. */
  advance({ heldBy }: ProofLease, readLines: number): Promise<boolean> {
    const heldUntilAt = addMilliseconds(this.clock.now(), LEASE_MS);
    return this.proofs.change(heldBy, { readLines, heldUntilAt });
  }

  end({ heldBy }: ProofLease, found: Verification, tx: EntityManager): Promise<boolean> {
    const result = resultOf(found);
    const ended = { endedAt: this.clock.now(), readLines: result.lines, result, ...FREE };
    return this.proofs.change(heldBy, ended, tx);
  }

  /** Releases the lease before the end: another process starts again. */
  async release({ heldBy }: ProofLease): Promise<void> {
    await this.proofs.change(heldBy, FREE);
  }
}

function resultOf(found: Verification): ProofResult {
  const { verdict, head, seals, lines, purgedThrough, waiting, findings, moreFindings, doubts } = found;
  const wrong = findings.length + moreFindings;
  const first = findings[0] ?? doubts[0] ?? null;
  return { verdict, head, seals, lines, purgedThrough, waiting, wrong, first };
}

function proofOf(row: AuditProofEntity): AuditProof {
  const { askedBy, askedAt, noted, readLines: read, totalLines: total, endedAt, result } = row;
  return { askedBy, askedAt, noted, read, total, endedAt, result };
}
