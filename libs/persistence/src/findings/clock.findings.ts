import { Injectable } from '@nestjs/common';
import { Clock, FindingOf, FindingSource, SECOND } from '@portillon/kernel';
import { DatabaseHealthRepository } from '../database/database-health.repository';

declare module '@portillon/kernel' {
  interface FindingValues {
    /** How far this process is ahead of the database; null: the embedded engine has no separate clock. */
    clock: { aheadMs: number | null };
  }
}

/** Above this, one instance ends a code or a session that another still accepts. */
const MOST_MS = SECOND;
/** Above this, people whose requests reach several instances are refused. */
const UNUSABLE_MS = 5 * SECOND;

/** Compares the clock of this process with that of the database, which all instances share. */
@Injectable()
export class ClockFindings implements FindingSource {
  readonly subject = 'clock';

  constructor(
    private readonly clock: Clock,
    private readonly database: DatabaseHealthRepository,
  ) {}

  async find(): Promise<FindingOf<'clock'>> {
    const before = this.clock.now().getTime();
    const theirs = await this.database.time();
    if (!theirs) return { state: 'off', text: 'the clock of this machine only', values: { aheadMs: null } };
    const aheadMs = Math.round((before + this.clock.now().getTime()) / 2 - theirs.getTime());
    const found = {
      text: `this machine is ${aheadMs / SECOND} s ahead of the database`,
      values: { aheadMs },
    };
    const distance = Math.abs(aheadMs);
    if (distance <= MOST_MS) return { state: 'well', ...found };
    const state = distance > UNUSABLE_MS ? 'failing' : 'warning';
    return { state, ...found, advice: 'have both keep time by NTP' };
  }
}
