import { MigrationInterface, QueryRunner } from 'typeorm';

type Widths = Record<'displayName' | 'displayNameKey', number>;

/** Names of 200 characters, as structures have; the key they are sorted by may be three times as long. */
export class WidenNames1764000001701 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return setWidths(runner, { displayName: 200, displayNameKey: 600 });
  }

  down(runner: QueryRunner): Promise<void> {
    return setWidths(runner, { displayName: 120, displayNameKey: 360 });
  }
}

async function setWidths(runner: QueryRunner, widths: Widths): Promise<void> {
  if (runner.dataSource.options.type === 'better-sqlite3') return setEmbedded(runner, widths);
  // Not `changeColumn`: on a server it drops the column and makes another.
  const changes = Object.entries(widths).map(([name, width]) => `MODIFY ${name} varchar(${width}) NOT NULL`);
  await runner.query(`ALTER TABLE account ${changes.join(', ')}`);
}

/** The table is copied with all that it holds. */
async function setEmbedded(runner: QueryRunner, widths: Widths): Promise<void> {
  const table = (await runner.getTable('account'))!;
  const changed = Object.entries(widths).map(([name, width]) => {
    const oldColumn = table.findColumnByName(name)!;
    const newColumn = oldColumn.clone();
    newColumn.length = String(width);
    return { oldColumn, newColumn };
  });
  await runner.changeColumns(table, changed);
}
