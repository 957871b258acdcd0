import { Injectable } from '@nestjs/common';
import { Clock, Random, SECOND, addMilliseconds } from '@portillon/kernel';
import { isUniqueViolation } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { AuditSealRepository } from '../seal/audit-seal.repository';
import type { Head, Verification } from '../verification/verification.types';
import type { AuditProofEntity } from './audit-proof.entity';
import { AuditProofRepository } from './audit-proof.repository';
import type { AuditProof, ProofLease, ProofResult } from './audit-proof.types';

/** A process that says nothing for so long is dead. */
const LEASE_MS = 30 * SECOND;
const FREE = { heldBy: null, heldUntilAt: null };

/** The proof of the journal, asked for by a person and made by a process that runs jobs: one at a time. */
@Injectable()
export class AuditProofService {
  constructor(
    private readonly proofs: AuditProofRepository,
    private readonly seals: AuditSealRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** The one that was asked for last. */
  async latest(): Promise<AuditProof | null> {
    const row = await this.proofs.find();
    return row && proofOf(row);
  }

  /** Asks for one; false while another is under way. `noted`: a head that was kept elsewhere, to be found again. */
  async ask(askedBy: string | null, noted: Head | null, tx: EntityManager): Promise<boolean> {
    const totalLines = await this.seals.linesStanding(tx);
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

  /** The proof that is under way and has no process that works on it, for this caller alone. */
  async lease(): Promise<ProofLease | undefined> {
    const heldBy = this.random.id();
    const now = this.clock.now();
    if (!(await this.proofs.hold(heldBy, now, addMilliseconds(now, LEASE_MS)))) return undefined;
    return { heldBy, noted: (await this.proofs.find())!.noted };
  }

  /** So far it has come; false when it is another's now. */
  advance({ heldBy }: ProofLease, readLines: number): Promise<boolean> {
    const heldUntilAt = addMilliseconds(this.clock.now(), LEASE_MS);
    return this.proofs.change(heldBy, { readLines, heldUntilAt });
  }

  end({ heldBy }: ProofLease, found: Verification, tx: EntityManager): Promise<boolean> {
    const result = resultOf(found);
    const ended = { endedAt: this.clock.now(), readLines: result.lines, result, ...FREE };
    return this.proofs.change(heldBy, ended, tx);
  }

  /** Lets go of it without having ended: another begins anew. */
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
