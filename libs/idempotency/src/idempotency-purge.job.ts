import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { IdempotencyService } from './idempotency.service';

/** Deletes answers after 24 hours. */
@Injectable()
export class IdempotencyPurgeJob extends PurgeJob {
  constructor(idempotency: IdempotencyService) {
    super({ 'idempotency keys': idempotency });
  }
}
