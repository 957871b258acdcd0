import { Injectable, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager } from 'typeorm';
import { Replica } from './replica.service';

/**
 * Where reports are read: the replica where one is set, which may lag behind, and the database itself elsewhere. Nothing
 * that decides who comes in, or what somebody may do, is read here.
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
   * To be passed to repositories in the place of a transaction. Reports that read the database while the replica is away
   * would load it in the hour when it has least to spare.
   *
   * @throws AppError `service.busy` when the replica does not answer
   */
  async manager(): Promise<EntityManager> {
    return this.replica ? (await this.replica.open()).manager : this.database.manager;
  }
}
