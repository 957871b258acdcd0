import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { SetupConfirmationRepository } from './setup-confirmation.repository';
import type { ConfirmedStep, SetupConfirmation } from './setup-confirmation.types';

/** The set-up facts that a person confirmed, because no computation can prove them. */
@Injectable()
export class SetupConfirmationService {
  constructor(
    private readonly rows: SetupConfirmationRepository,
    private readonly clock: Clock,
  ) {}

  /** The latest of each step. */
  async all(): Promise<Partial<Record<ConfirmedStep, SetupConfirmation>>> {
    const rows = await this.rows.all();
    return Object.fromEntries(rows.map((row) => [row.step, row]));
  }

  /** `keyIds`: of step `keys`, which keys are kept. */
  confirm(step: ConfirmedStep, tx: EntityManager, keyIds: string[] = []): Promise<void> {
    return this.rows.write({ step, confirmedAt: this.clock.now(), keyIds }, tx);
  }
}
