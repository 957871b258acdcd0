import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Clock, MINUTE } from '@portillon/kernel';
import { AuditService } from './audit.service';
import type { AuditEvent } from './audit.types';

/** Maximum number of lines for the refusals of one person in a minute, per process. */
export const MOST_REFUSALS = 40;

/** Refusals of one person in the minute that began with the first. */
interface Minute {
  endsAt: number;
  refused: number;
  latest: AuditEvent;
}

/**
 * Records refusals that a person can cause as often as the network allows. A minute of one person makes at most {@link
 * MOST_REFUSALS} lines; one more line has the number of the others. Each process counts separately.
 */
@Injectable()
export class RefusalJournalService implements BeforeApplicationShutdown {
  readonly #minutes = new Map<string, Minute>();

  constructor(
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async record(refusal: AuditEvent): Promise<void> {
    const key = refusal.accountId ?? refusal.address ?? '';
    const now = this.clock.now().getTime();
    const known = this.#minutes.get(key);
    if (known && known.endsAt <= now) await this.#end(key, known);
    const minute = this.#minutes.get(key) ?? { endsAt: now + MINUTE, refused: 0, latest: refusal };
    this.#minutes.set(key, { ...minute, refused: minute.refused + 1, latest: refusal });
    if (minute.refused < MOST_REFUSALS) await this.audit.record(refusal);
  }

  /** Writes a line with the number of omitted refusals for each minute that is over. */
  async recordEnded(): Promise<void> {
    const now = this.clock.now().getTime();
    for (const [key, minute] of this.#minutes) if (minute.endsAt <= now) await this.#end(key, minute);
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const [key, minute] of this.#minutes) await this.#end(key, minute);
  }

  async #end(key: string, { refused, latest }: Minute): Promise<void> {
    this.#minutes.delete(key);
    const repeats = refused - MOST_REFUSALS;
    if (repeats > 0)
      await this.audit.record({ ...latest, outcome: 'FAILURE', reason: 'repeated', data: { repeats } });
  }
}
