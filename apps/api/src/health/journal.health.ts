import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { AuditSealService } from '@portillon/audit';
import { MINUTE } from '@portillon/kernel';
import { PATIENCE_MS } from './health.options';

/** A line that has waited this long for its seal: the sealing stands still. */
const SEAL_LATE_MS = 5 * MINUTE;

/** Whether the journal is sealed as it grows, and by this instance too: its keys must be those of the others. */
@Injectable()
export class JournalHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly seals: AuditSealService,
  ) {}

  async sealed(key: string) {
    let missingKeys: string[] = [];
    const look = async () => {
      const state = await this.seals.state();
      missingKeys = state.missingKeys;
      if (state.waitingMs > SEAL_LATE_MS) throw new Error('sealing stands still');
      if (missingKeys.length > 0) throw new Error('keys are missing');
    };
    const result = await this.indicators.check(key).attempt(look).withTimeout(PATIENCE_MS);
    return { [key]: { ...result[key]!, missingKeys } };
  }
}
