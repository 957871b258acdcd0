import { Interval } from '@nestjs/schedule';
import { Purge, PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';

/** Deletes expired rows. Each of `owners`, named for the log, deletes its own. */
export abstract class PurgeJob extends ScheduledJob {
  constructor(private readonly owners: Record<string, { purge: Purge }>) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    const purges = Object.entries(this.owners).map(([what, owner]): [string, Purge] => {
      return [what, (batch) => owner.purge(batch)];
    });
    return this.turn(() => purgeAll(Object.fromEntries(purges), this.logger));
  }
}
