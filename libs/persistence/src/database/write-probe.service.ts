import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { AppError, Clock, SECOND, withTimeout } from '@portillon/kernel';
import type { Connection } from 'mysql2/promise';
import { DataSource } from 'typeorm';
import { isEmbedded } from '../is-embedded';
import { openBeside } from '../mysql/server.data-source';
import { tableNameOf } from '../table-name';
import { WriteProbeEntity } from './write-probe.entity';

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
