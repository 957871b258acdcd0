import { column, createTable, persistencePart, personal, table } from '@portillon/persistence';
import { Column, Entity, MigrationInterface, PrimaryColumn, QueryRunner } from 'typeorm';

/** The person's own row, as an application has one. */
@Entity('person')
export class PersonEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  signedInAt!: Date | null;
}

class CreatePerson1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'person', [column.id(), column.optionalTime('signedInAt')]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('person');
  }
}

export const PERSON = persistencePart({
  tables: [
    table(PersonEntity, {
      purpose: 'Who signs in.',
      kept: 'for good',
      afterRestore: 'kept',
      columns: [personal('account.name', 'id signedInAt')],
    }),
  ],
  migrations: [CreatePerson1700000000001],
  personalData: { none: 'The application exports and erases it.' },
});
