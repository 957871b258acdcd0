import { Column, Entity, Index, MigrationInterface, PrimaryColumn, QueryRunner } from 'typeorm';
import { column, createTable } from '../columns';
import { PersistencePart, persistencePart } from '../persistence.options';
import { internal, table } from '../table';

/** A number, and when it was last seen. */
@Entity('counter')
@Index('counterHits', ['hits', 'id'])
export class CounterEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'int' })
  hits!: number;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  seenAt!: Date | null;
}

class CreateCounter1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = [column.id(), column.integer('hits'), column.optionalTime('seenAt')];
    const indices = [{ name: 'counterHits', columnNames: ['hits', 'id'] }];
    await createTable(runner, 'counter', columns, indices);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('counter');
  }
}

export const COUNTER: PersistencePart = persistencePart({
  tables: [
    table(CounterEntity, {
      purpose: 'Counts.',
      kept: 'for good',
      afterRestore: 'kept',
      columns: [internal('id hits seenAt')],
    }),
  ],
  migrations: [CreateCounter1700000000000],
  personalData: { none: 'It counts no person.' },
});
