import type { MigrationInterface, QueryRunner } from 'typeorm';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin NOT NULL';
const AS_THE_DATABASE = 'NOT NULL';

/**
 * Digests, ids and digits need one byte a character. With four, the key is so long that MariaDB keeps the rows of the
 * joined update that every sign-in makes in a file of its own, made and deleted each time.
 */
export class NarrowPasswordAttempt1764000001401 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return narrow(runner, ASCII);
  }

  down(runner: QueryRunner): Promise<void> {
    return narrow(runner, AS_THE_DATABASE);
  }
}

/** The embedded engine knows no character sets. */
async function narrow(runner: QueryRunner, type: string): Promise<void> {
  if (runner.dataSource.options.type === 'better-sqlite3') return;
  await runner.query(`ALTER TABLE passwordAttempt MODIFY nameDigest varchar(100) ${type},
    MODIFY browserId varchar(36) ${type}, MODIFY latest varchar(325) ${type}`);
}
