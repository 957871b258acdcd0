import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import {
  AuditProof,
  AuditProofService,
  AuditSealService,
  Head,
  ProofResult,
  SealState,
} from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ActJournalService, isWithinReach, Scope } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { AdminEventPerson } from './event.dto';
import type {
  AdminEventProof,
  AdminEventProofResult,
  AdminEventProofState,
  AdminEventSeal,
} from './event-proof.dto';

const NUMBER = /^\d{1,9}$/;

/** The seals of the journal, and its proof, as those see them who read it. */
@Injectable()
export class EventProofService {
  constructor(
    private readonly transactions: Transactions,
    private readonly proofs: AuditProofService,
    private readonly seals: AuditSealService,
    private readonly directory: AccountService,
    private readonly journal: ActJournalService,
  ) {}

  async state({ scope }: Administrator): Promise<AdminEventProofState> {
    const [head, proof] = await Promise.all([this.seals.head(), this.proofs.latest()]);
    return { head: head && sealView(head), proof: proof && (await this.#view(proof, scope)) };
  }

  /** The whole journal is to be proven; nothing when it is being proven already. */
  async ask(administrator: Administrator, noted: string | undefined): Promise<void> {
    const head = noted === undefined ? null : headOf(noted);
    await this.transactions.run(async (tx) => {
      if (!(await this.proofs.ask(administrator.actor.id, head, tx))) return;
      const data = head ? { headSequence: head.sequence, headDigest: head.digest } : {};
      await this.journal.record(administrator, { name: 'audit_verification_requested', data }, tx);
    });
  }

  /** @throws AppError `not-found` */
  async seal(sequence: string): Promise<AdminEventSeal> {
    const seal = NUMBER.test(sequence) ? await this.seals.find(Number(sequence)) : null;
    if (!seal) throw new AppError('not-found');
    return sealView(seal);
  }

  async #view(proof: AuditProof, scope: Scope): Promise<AdminEventProof> {
    const { askedBy, askedAt, noted, read, total, endedAt, result } = proof;
    return {
      askedBy: askedBy === null ? null : await this.#person(askedBy, scope),
      askedAt: askedAt.toISOString(),
      noted: noted && textOf(noted),
      read,
      total,
      endedAt: endedAt?.toISOString() ?? null,
      result: result && resultView(result, scope),
    };
  }

  async #person(id: string, scope: Scope): Promise<AdminEventPerson> {
    const known = (await this.directory.findNames([id])).get(id);
    const shown = known && isWithinReach(scope, known.structureId) ? known : null;
    return { id, username: shown?.username ?? null, displayName: shown?.displayName ?? null };
  }
}

/** The fault may be in an entry of another structure. */
function resultView({ head, first, ...rest }: ProofResult, { structureIds }: Scope): AdminEventProofResult {
  return { ...rest, head: head && textOf(head), first: structureIds === null ? first : null };
}

function sealView({ sequence, digest, sealedAt }: NonNullable<SealState['head']>): AdminEventSeal {
  return { sequence, digest, sealedAt: sealedAt.toISOString() };
}

function headOf(text: string): Head {
  const [sequence, digest] = text.split(':') as [string, string];
  return { sequence: Number(sequence), digest };
}

function textOf({ sequence, digest }: Head): string {
  return `${sequence}:${digest}`;
}
