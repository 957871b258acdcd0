import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { SigningKeyService } from './keys/signing-key.service';

/** Deletes what the provider needs no more. */
@Injectable()
export class OpenidPurgeJob extends ScheduledJob {
  constructor(private readonly signingKeys: SigningKeyService) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() => purgeAll({ signingKeys: () => this.signingKeys.purge() }, this.logger));
  }
}
