import type { PersistencePart } from '@portillon/persistence';
import { column, createTable } from '@portillon/persistence';
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

export const PERSON: PersistencePart = { entities: [PersonEntity], migrations: [CreatePerson1700000000001] };
