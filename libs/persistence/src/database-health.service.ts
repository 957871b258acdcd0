import { Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { DatabaseHealthRepository } from './database-health.repository';

/** Whether the database can serve. */
@Injectable()
export class DatabaseHealthService {
  constructor(private readonly database: DatabaseHealthRepository) {}

  /** @throws AppError `service.busy` when the database does not answer, or takes no writes: another has its role now. */
  async check(): Promise<void> {
    if (await this.database.isReadOnly())
      throw new AppError('service.busy', { detail: 'the database is read-only' });
  }

  /** The time of the server, by its own clock. Nothing on the embedded engine: it has none but this machine's. */
  time(): Promise<Date | undefined> {
    return this.database.time();
  }
}
