import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { AppError, Clock, SECOND, withTimeout } from '@portillon/kernel';
import type { Connection } from 'mysql2/promise';
import { DataSource, Column, Entity, PrimaryColumn } from 'typeorm';
import { CreateWriteProbe1764700000001 } from '../migrations/1764700000001-create-write-probe';
import { openBeside } from '../mysql/server.data-source';
import { isEmbedded, PersistencePart, persistencePart } from '../persistence.options';
import { tableNameOf, internal, table } from '../table';

/** One row, which all instances write to see that the database has space. */
@Entity('writeProbe')
export class WriteProbeEntity {
  @PrimaryColumn({ type: 'int' })
  id!: number;

  @Column({ type: 'datetime', precision: 3 })
  writtenAt!: Date;
}

/** The table in which {@link DatabaseFindings} writes. Without it, a full disk may show only when a request hangs. */
export const writeProbePersistence: PersistencePart = persistencePart({
  tables: [
    table(WriteProbeEntity, {
      purpose: 'Shows that the database has space.',
      kept: 'until the next check',
      afterRestore: 'kept',
      columns: [internal('id writtenAt')],
    }),
  ],
  migrations: [CreateWriteProbe1764700000001],
  personalData: { none: 'It has one row, with a time.' },
});

const PATIENCE_MS = 2 * SECOND;

/** A load balancer may ask each second: so many writes would fill the binary log. */
const FRESH_MS = 5 * SECOND;

/**
 * Writes a row. With the binary log on, MariaDB refuses nothing when its disk is full: a commit hangs until there is
 * space. Therefore the connection is not one of the pool's, and only one write waits at a time.
 */
@Injectable()
export class WriteProbe implements OnApplicationShutdown {
  #connection?: Connection;
  #writing?: Promise<void>;
  #writtenAt = 0;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Does nothing on the embedded engine, which refuses. @throws AppError `service.busy` when the write hangs */
  async write(): Promise<void> {
    if (isEmbedded(this.dataSource.manager) || !this.dataSource.hasMetadata(WriteProbeEntity)) return;
    if (this.clock.now().getTime() - this.#writtenAt < FRESH_MS) return;
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
    await withTimeout(PATIENCE_MS, this.#writing).catch((cause: unknown) => {
      throw new AppError('service.busy', {
        detail: 'it takes no row in two seconds: is its disk full?',
        cause,
      });
    });
  }

  onApplicationShutdown(): void {
    this.#connection?.destroy();
  }

  async #write(): Promise<void> {
    const now = this.clock.now();
    this.#connection ??= (await openBeside(this.dataSource)).on(
      'error',
      () => (this.#connection = undefined),
    );
    const sql = `REPLACE INTO ${tableNameOf(WriteProbeEntity)} (id, writtenAt) VALUES (1, ?)`;
    await this.#connection.execute(sql, [now]);
    this.#writtenAt = now.getTime();
  }
}
