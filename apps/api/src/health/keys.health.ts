import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { PhoneSealService } from '@portillon/account';
import { KeyAnnouncementService } from '@portillon/key-rotation';
import { PATIENCE_MS } from './health.options';

/** Whether the keys of this instance and those of the others go together, and read the numbers that this one met. */
@Injectable()
export class KeysHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly announcements: KeyAnnouncementService,
    private readonly phones: PhoneSealService,
  ) {}

  async goTogether(key: string) {
    let missingKeys: string[] = [];
    const look = async () => {
      const conflict = await this.announcements.conflict();
      const lacking = conflict?.kind === 'lacking' ? [conflict.keyId] : [];
      missingKeys = [...new Set([...lacking, ...this.phones.missingKeys])];
      if (conflict || missingKeys.length > 0) throw new Error('keys are missing');
    };
    const result = await this.indicators.check(key).attempt(look).withTimeout(PATIENCE_MS);
    return { [key]: { ...result[key]!, missingKeys } };
  }
}
