import { Injectable, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager } from 'typeorm';
import { Replica } from './replica.service';

/**
 * Database of the reports: the replica where one is set, which may lag behind; otherwise the database itself.
 * Decisions about access or permissions are never read here.
 */
@Injectable()
export class ReportsDatabase {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @Optional() private readonly replica?: Replica,
  ) {}

  get isReplica(): boolean {
    return this.replica !== undefined;
  }

  /**
   * Returns the manager to pass to repositories instead of a transaction. It does not fall back to the database:
   * reports would load it when it has least to spare.
   *
   * @throws AppError `service.busy` when the replica does not answer
   */
  async manager(): Promise<EntityManager> {
    return this.replica ? (await this.replica.open()).manager : this.database.manager;
  }
}
