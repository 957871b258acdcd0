import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PersistencePart } from './persistence.options';

/** What is done once a backup was restored, before the first process serves. */
@Injectable()
export class RestoreService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Empties the tables of `parts` that hold what was open or waited on the day of the backup: their names. Each at once,
   * however many rows it has; what was interrupted is done again.
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
