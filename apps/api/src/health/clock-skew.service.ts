import { Injectable } from '@nestjs/common';
import { Clock, SECOND } from '@portillon/kernel';
import { DatabaseHealthService } from '@portillon/persistence';

/** More, and one instance ends a code or a session that another still takes. */
const MOST_MS = SECOND;
/** More, and people who go from one instance to another are refused. */
const UNUSABLE_MS = 5 * SECOND;

/** How far the clock of this process is from that of the database, which all instances share. */
@Injectable()
export class ClockSkewService {
  constructor(
    private readonly clock: Clock,
    private readonly database: DatabaseHealthService,
  ) {}

  /** Milliseconds that this process is ahead. Nothing on the embedded engine, which has no clock of its own. */
  async measure(): Promise<number | undefined> {
    const before = this.clock.now().getTime();
    const theirs = await this.database.time();
    const after = this.clock.now().getTime();
    return theirs && Math.round((before + after) / 2 - theirs.getTime());
  }

  isTooMuch(milliseconds: number): boolean {
    return Math.abs(milliseconds) > MOST_MS;
  }

  /** Whether this process is to be sent no requests until its clock is right. */
  isUnusable(milliseconds: number): boolean {
    return Math.abs(milliseconds) > UNUSABLE_MS;
  }
}
