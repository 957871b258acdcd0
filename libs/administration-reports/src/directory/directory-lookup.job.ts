import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { IdentityService, DueLookup } from '@portillon/account';
import { MINUTE, ScheduledJob } from '@portillon/kernel';
import { PractitionerDirectoryService } from './practitioner-directory.service';

/** Look-ups per minute and process, one after the other: 200,000 accounts in a day and a half. */
const BATCH = 100;

/**
 * Looks national ids up in the Annuaire Santé, each every two years. Only records the answer: no answer, not even of a
 * faulty directory, closes an account.
 */
@Injectable()
export class DirectoryLookupJob extends ScheduledJob {
  constructor(
    private readonly lookups: IdentityService,
    private readonly directory: PractitionerDirectoryService,
  ) {
    super();
  }

  @Interval(MINUTE)
  run(): Promise<void> {
    return this.turn(async () => {
      if (!this.directory.isOffered) return;
      for (const due of await this.lookups.findDueLookups(BATCH)) if (!(await this.#settle(due))) return;
    });
  }

  /** False when the directory gave no answer: it is left alone until the next turn. */
  async #settle(due: DueLookup): Promise<boolean> {
    if (!(await this.lookups.claimLookup(due))) return true;
    const answer = await this.directory.lookUp(due.nationalId);
    if ('state' in answer) {
      await this.lookups.saveLookup(due, answer.state);
      return true;
    }
    this.logger.warn(`account ${due.accountId} put off by a day: ${answer.failure}`);
    return false;
  }
}
