import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const TABLE = 'openidLogoutDelivery';
const INDEX = new TableIndex({
  name: 'openidLogoutDeliveryDueOfApplication',
  columnNames: ['applicationId', 'dueAt'],
});

/** Each application has a lane of its own, which reads what is due for it. */
export class IndexLogoutDelivery1764110007001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex(TABLE, INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex(TABLE, INDEX);
  }
}
