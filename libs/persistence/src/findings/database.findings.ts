import { Injectable } from '@nestjs/common';
import { findAnswer, FindingSource } from '@portillon/kernel';
import { DatabaseHealthService } from '../database-health.service';

/** Whether the database answers and takes writes. */
@Injectable()
export class DatabaseFindings implements FindingSource {
  readonly subject = 'database';

  constructor(private readonly database: DatabaseHealthService) {}

  find() {
    return findAnswer('DATABASE_URL', () => this.database.check());
  }
}
