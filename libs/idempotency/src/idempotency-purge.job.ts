import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { IdempotencyService } from './idempotency.service';

/** Deletes the answers whose 24 hours are over. */
@Injectable()
export class IdempotencyPurgeJob extends PurgeJob {
  constructor(idempotency: IdempotencyService) {
    super({ 'idempotency keys': idempotency });
  }
}
