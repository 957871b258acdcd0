import { Inject, Injectable } from '@nestjs/common';
import { AuditProofService, AuditSealService } from '@portillon/audit';
import { SECOND } from '@portillon/kernel';
import type { Settings } from '../settings/settings';
import { SETTINGS } from '../settings/settings.token';
import type { JournalFacts } from './statement.types';

/** How the journal stands: its last seal, and the last whole proof that was made of it. None is made here. */
@Injectable()
export class JournalFactsService {
  constructor(
    private readonly seals: AuditSealService,
    private readonly proofs: AuditProofService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async read(): Promise<JournalFacts> {
    const { head, waitingMs } = await this.seals.state();
    return {
      head: head && { sequence: head.sequence, sealedAt: head.sealedAt },
      waitingSeconds: Math.round(waitingMs / SECOND),
      proof: await this.#proof(),
      stream: this.settings.auditStream?.kind ?? 'off',
    };
  }

  async #proof(): Promise<JournalFacts['proof']> {
    const latest = await this.proofs.latest();
    if (!latest?.endedAt || !latest.result) return null;
    return { verdict: latest.result.verdict, endedAt: latest.endedAt, lines: latest.result.lines };
  }
}
