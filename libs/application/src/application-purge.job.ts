import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { ApplicationRefusals } from './refusals/application-refusals.service';
import { ApplicationSecretService } from './secrets/application-secret.service';

/** Deletes secrets that expired, and refusals that are old. */
@Injectable()
export class ApplicationPurgeJob extends ScheduledJob {
  constructor(
    private readonly secrets: ApplicationSecretService,
    private readonly refusals: ApplicationRefusals,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll(
        {
          secrets: (batch) => this.secrets.purge(batch),
          refusals: (batch) => this.refusals.purge(batch),
        },
        this.logger,
      ),
    );
  }
}
