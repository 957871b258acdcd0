import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PersistencePart } from './persistence.options';

/** What happened to the database: a backup of an earlier day was restored, or the last seconds are lost. */
export type Loss = 'backup' | 'last-seconds';

/** Prepares a database that lost something, before the first process serves. */
@Injectable()
export class RestoreService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Empties the tables of `parts` with data that was open or queued, and may have ended since. Returns their names.
   * Truncates each, however large; can be repeated after an interruption.
   */
  async clean(parts: readonly PersistencePart[], loss: Loss = 'backup'): Promise<string[]> {
    const tables: string[] = [];
    for (const { entity, afterRestore, afterLoss } of parts.flatMap((part) => part.tables)) {
      if (afterRestore !== 'emptied' || (loss === 'last-seconds' && afterLoss === 'kept')) continue;
      const rows = this.dataSource.getRepository(entity);
      await rows.clear();
      tables.push(rows.metadata.tableName);
    }
    return tables;
  }
}
