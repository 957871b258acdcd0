import { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateBadge1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE badge (id varchar(36) PRIMARY KEY, mail varchar(100), active boolean DEFAULT 0)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE badge');
  }
}
