import { Inject, Injectable, OnApplicationShutdown, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager } from 'typeorm';
import { openDataSource } from './data-source';
import { renewAuthorities } from './mysql/server.data-source';
import { PERSISTENCE_OPTIONS } from './persistence.options';
import type { PersistenceOptions } from './persistence.options';

/** Few people read reports, and each report occupies the replica for longer than a sign-in the database. */
const POOL_SIZE = 4;

/**
 * Database of the reports: the read-only replica where one is set, which may lag behind; otherwise the database itself.
 * Decisions about access or permissions are never read here. The replica is opened at the first read: the service
 * starts without it.
 */
@Injectable()
export class ReportsDatabase implements OnApplicationShutdown {
  #replica?: PersistenceOptions;
  #opening?: Promise<DataSource>;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @Optional() @Inject(PERSISTENCE_OPTIONS) options?: PersistenceOptions,
  ) {
    if (!options?.replicaUrl) return;
    this.#replica = { ...options, url: options.replicaUrl, poolSize: POOL_SIZE, readOnly: true };
  }

  get isReplica(): boolean {
    return this.#replica !== undefined;
  }

  /**
   * Returns the manager to pass to repositories instead of a transaction. It does not fall back to the database:
   * reports would load it when it has least to spare.
   *
   * @throws AppError `service.busy` when the replica does not answer
   */
  async manager(): Promise<EntityManager> {
    return this.#replica ? (await this.#open(this.#replica)).manager : this.database.manager;
  }

  /** Sets the certificate authorities (`ca`, PEM) for new connections to the replica. */
  async renewAuthorities(ca: string): Promise<void> {
    if (!this.#replica) return;
    this.#replica = { ...this.#replica, tls: { mode: 'verify', ca } };
    const source = await this.#opened();
    if (source) renewAuthorities(source, ca);
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.#opened())?.destroy();
  }

  #open(options: PersistenceOptions): Promise<DataSource> {
    this.#opening ??= openDataSource(options).catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #opened(): Promise<DataSource | undefined> {
    return this.#opening?.catch(() => undefined);
  }
}

/** Renews the certificate authorities for the connections to the database server and its replica. */
@Injectable()
export class DatabaseAuthorityService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly reports: ReportsDatabase,
  ) {}

  /** Sets the authorities (`ca`, PEM) for new connections; open ones are not affected. */
  renew(ca: string): void {
    renewAuthorities(this.dataSource, ca);
    void this.reports.renewAuthorities(ca);
  }
}
