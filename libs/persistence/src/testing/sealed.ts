import { column, createTable } from '../columns';
import { internal, table } from '../table';
import { persistencePart } from '../persistence.options';
import { Entity, MigrationInterface, PrimaryColumn, QueryRunner } from 'typeorm';

/** A row that a key has made: its id begins with the key's. */
@Entity('sealed')
export class SealedEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;
}

class CreateSealed1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'sealed', [column.id()]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sealed');
  }
}

export const SEALED = persistencePart({
  tables: [
    table(SealedEntity, {
      purpose: 'Sealed rows.',
      kept: 'for good',
      afterRestore: 'kept',
      columns: [internal('id')],
    }),
  ],
  migrations: [CreateSealed1700000000000],
  keyed: [{ entity: SealedEntity, property: 'id', what: 'sealed rows' }],
  personalData: { none: 'It holds nothing of a person.' },
});
