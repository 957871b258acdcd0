import { Injectable } from '@nestjs/common';
import { FindingOf, FindingSource, MINUTE, SECOND } from '@portillon/kernel';
import { AuditSealService } from './audit-seal.service';

declare module '@portillon/kernel' {
  interface FindingValues {
    journal: {
      sealedAt: Date | null;
      /** Number of the last seal; 0: there is none yet. */
      sequence: number;
      /** How long the line that waits longest for its seal has waited. */
      waitingSeconds: number;
      /** Keys that waiting lines are marked with, and that other instances alone have. */
      missingKeys: string[];
    };
  }
}

/** A line that has waited this long for its seal: the sealing stands still. */
const LATE_MS = 5 * MINUTE;

/** Whether the journal is sealed as it grows, and by this instance too: its keys must be those of the others. */
@Injectable()
export class AuditSealFindings implements FindingSource {
  readonly subject = 'journal';

  constructor(private readonly seals: AuditSealService) {}

  async find(): Promise<FindingOf<'journal'>> {
    const { head, waitingMs, missingKeys } = await this.seals.state();
    const waitingSeconds = Math.round(waitingMs / SECOND);
    const { sealedAt = null, sequence = 0 } = head ?? {};
    const values = { sealedAt, sequence, waitingSeconds, missingKeys };
    if (missingKeys.length > 0)
      return { state: 'failing', text: `SECRET_KEYS lacks ${missingKeys.join(', ')}`, values };
    const text = `seal ${sequence}; a line has waited for the next for ${waitingSeconds} s`;
    return { state: waitingMs > LATE_MS ? 'failing' : 'well', text, values };
  }
}
