import { Injectable, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ScheduledJob, SECOND, withTimeout } from '@portillon/kernel';
import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { setTimeout as sleep } from 'node:timers/promises';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { CreateWriterNode1764740001001 } from '../migrations/1764740001001-create-writer-node';
import { nodeSql, useOnlyNode } from '../mysql/cluster-node';
import { openBeside } from '../mysql/server.data-source';
import { isEmbedded, PersistencePart, persistencePart } from '../persistence.options';
import { internal, table, tableNameOf } from '../table';
import { DatabaseHealthRepository } from './database-health.repository';

/** One row, in which all processes agree on the node of a cluster that they use. */
@Entity('writerNode')
export class WriterNodeEntity {
  @PrimaryColumn({ type: 'int' })
  id!: number;

  /** The node as it names itself, see {@link nodeSql}. */
  @Column({ type: 'varchar', length: 255 })
  node!: string;

  /** Counts up each second while a process uses the node. */
  @Column({ type: 'int' })
  beat!: number;
}

/** The table of {@link WriterNode}. */
export const writerNodePersistence: PersistencePart = persistencePart({
  tables: [
    table(WriterNodeEntity, {
      purpose: 'Names the node of a database cluster that all instances use.',
      kept: 'always, one row',
      afterRestore: 'kept',
      columns: [internal('id node beat')],
    }),
  ],
  migrations: [CreateWriterNode1764740001001],
  personalData: { none: 'It has one row, with the name of a server.' },
});

/** A node whose beat stopped for this long is no longer used, and another one may take its place. */
const QUIET_MS = 3 * SECOND;
/**
 * A process that could not renew its use for this long stops using the node, before another process may take over. The
 * second between the two is for what it has begun.
 */
const GOOD_FOR_MS = 2 * SECOND;
const PATIENCE_MS = 2 * SECOND;

/**
 * Keeps all processes on one node of a cluster whose nodes all take writes: Galera, or Group Replication with several
 * primaries. Two writers are not supported (ADR 0065). A process whose proxy chose another node is refused its
 * connections until the proxies agree. Clocks are not compared: a process watches the beat of the others.
 */
@Injectable()
export class WriterNode extends ScheduledJob implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #table = tableNameOf(WriterNodeEntity);
  /** Asked once: a server joins a cluster by a restart. */
  #isNeeded?: boolean;
  #timer?: NodeJS.Timeout;
  #open?: { connection: Connection; here: string };
  #seen?: Pick<WriterNodeEntity, 'node' | 'beat'> & { at: number };

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly database: DatabaseHealthRepository,
  ) {
    super();
  }

  /** Waits until the node of processes that ended is free. Not a job of `@nestjs/schedule`: commands renew too. */
  async onApplicationBootstrap(): Promise<void> {
    for (let left = QUIET_MS / SECOND; !(await this.beat()) && left > 0; left--) await sleep(SECOND);
    if (this.#isNeeded) this.#timer = setInterval(() => void this.turn(() => this.beat()), SECOND).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
    this.#open?.connection.destroy();
  }

  /**
   * Renews the use of the node that this process reaches, or takes the place of one that is no longer used. Returns
   * false while the others use another node. Does nothing without such a cluster.
   */
  async beat(): Promise<boolean> {
    if (isEmbedded(this.dataSource.manager) || !this.dataSource.hasMetadata(WriterNodeEntity)) return true;
    try {
      return await withTimeout(PATIENCE_MS, this.#beat());
    } catch (error) {
      // The next beat opens a connection to the node that the proxy chooses then.
      this.#open?.connection.destroy();
      this.#open = undefined;
      // Before the migration.
      if ((error as { code?: string }).code === 'ER_NO_SUCH_TABLE') return true;
      throw error;
    }
  }

  async #beat(): Promise<boolean> {
    this.#open ??= await this.#connect();
    if (!this.#open) return true;
    const { connection, here } = this.#open;
    const begunAt = performance.now();
    const isOwn = (await this.#renew(connection, here)) || (await this.#takeOver(connection, here));
    useOnlyNode(this.dataSource, isOwn ? here : this.#seen!.node, begunAt + GOOD_FOR_MS);
    return isOwn;
  }

  /** Returns undefined where the server itself has a single writer. */
  async #connect() {
    this.#isNeeded ??= Boolean((await this.database.durability())?.hasSeveralWriters);
    if (!this.#isNeeded) return undefined;
    const connection = await openBeside(this.dataSource);
    connection.on('error', () => (this.#open = undefined));
    const [[row]] = await connection.query<RowDataPacket[]>(`SELECT ${nodeSql(this.dataSource)} AS here`);
    return { connection, here: row!['here'] as string };
  }

  async #renew(connection: Connection, here: string): Promise<boolean> {
    const sql = `UPDATE ${this.#table} SET beat = beat + 1 WHERE id = 1 AND node = ?`;
    return affects(await connection.execute<ResultSetHeader>(sql, [here]));
  }

  async #takeOver(connection: Connection, here: string): Promise<boolean> {
    const [[row]] = await connection.query<RowDataPacket[]>(
      `SELECT node, beat FROM ${this.#table} WHERE id = 1`,
    );
    if (!row) {
      const sql = `INSERT IGNORE INTO ${this.#table} (id, node, beat) VALUES (1, ?, 0)`;
      return affects(await connection.execute<ResultSetHeader>(sql, [here]));
    }
    const { node, beat } = row as WriterNodeEntity;
    if (node !== this.#seen?.node || beat !== this.#seen.beat)
      this.#seen = { node, beat, at: performance.now() };
    if (performance.now() - this.#seen.at < QUIET_MS) return false;
    const sql = `UPDATE ${this.#table} SET node = ?, beat = beat + 1 WHERE id = 1 AND node = ? AND beat = ?`;
    return affects(await connection.execute<ResultSetHeader>(sql, [here, node, beat]));
  }
}

function affects([{ affectedRows }]: [ResultSetHeader, unknown]): boolean {
  return affectedRows === 1;
}
