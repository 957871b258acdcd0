import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PersistencePart } from './persistence.options';

/** Prepares a restored database, before the first process serves. */
@Injectable()
export class RestoreService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Empties the tables of `parts` with data that was open or queued on the day of the backup. Returns their names.
   * Truncates each, however large; can be repeated after an interruption.
   */
  async clean(parts: readonly PersistencePart[]): Promise<string[]> {
    const tables: string[] = [];
    for (const { entity, afterRestore } of parts.flatMap((part) => part.tables)) {
      if (afterRestore !== 'emptied') continue;
      const rows = this.dataSource.getRepository(entity);
      await rows.clear();
      tables.push(rows.metadata.tableName);
    }
    return tables;
  }
}
