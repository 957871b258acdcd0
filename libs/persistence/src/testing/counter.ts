import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '../columns';

class CreateCounter1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'counter', [column.id(), column.integer('hits')]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('counter');
  }
}

/** A table of numbers, and what is done to them. */
export const COUNTER = { entities: [], migrations: [CreateCounter1700000000000] };
export const insert = 'INSERT INTO counter (id, hits) VALUES (?, ?)';
export const increment = 'UPDATE counter SET hits = hits + 1 WHERE id = ?';
export const take = 'UPDATE counter SET hits = hits - 1 WHERE id = ? AND hits > 0';
