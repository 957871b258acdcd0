import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { EmailChangeService } from './email-change/email-change.service';
import { AccountImportService } from './imports/account-import.service';

/** Deletes old imports, and changes of address that were not confirmed in time. */
@Injectable()
export class AccountPurgeJob extends ScheduledJob {
  constructor(
    private readonly imports: AccountImportService,
    private readonly emailChanges: EmailChangeService,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll(
        {
          imports: (batch) => this.imports.purge(batch),
          emailChanges: (batch) => this.emailChanges.purge(batch),
        },
        this.logger,
      ),
    );
  }
}
