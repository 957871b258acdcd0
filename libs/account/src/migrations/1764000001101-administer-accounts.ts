import { column, createTable } from '@portillon/persistence';
import { MigrationInterface, QueryRunner, TableColumn, TableIndex } from 'typeorm';

const NATIONAL_INDEX = new TableIndex({
  name: 'accountNational',
  columnNames: ['national', 'status', 'id'],
});
const STRUCTURE_INDEXES = [
  new TableIndex({ name: 'structureFiness', columnNames: ['finess'], isUnique: true }),
  new TableIndex({ name: 'structureSiret', columnNames: ['siret'], isUnique: true }),
];
const BATCH = 500;
const LONGEST_TERM = 48;

/** What an administrator finds accounts by, what a structure asks of a sign-in, and emergency access. */
export class AdministerAccounts1764000001101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('account', added(runner, accountColumns()));
    await runner.createIndex('account', NATIONAL_INDEX);
    await runner.addColumns('structure', added(runner, structureColumns()));
    for (const index of STRUCTURE_INDEXES) await runner.createIndex('structure', index);
    await createTable(runner, 'accountTerm', termColumns(), [
      { name: 'accountTermTerm', columnNames: ['term', 'accountId'] },
      { name: 'accountTermStructure', columnNames: ['structureId', 'term', 'accountId'] },
    ]);
    await runner.query(
      `UPDATE account SET national = 1 WHERE CONCAT(' ', roles, ' ') LIKE '% national-admin %'`,
    );
    await fillTerms(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('accountTerm');
    for (const index of STRUCTURE_INDEXES) await runner.dropIndex('structure', index.name!);
    await runner.dropColumns(
      'structure',
      structureColumns().map(({ name }) => name),
    );
    await runner.dropIndex('account', NATIONAL_INDEX.name!);
    await runner.dropColumns(
      'account',
      accountColumns().map(({ name }) => name),
    );
  }
}

function accountColumns() {
  return [
    column.integer('national', { default: 0 }),
    column.text('emergencyMeans', 20, { isNullable: true }),
    column.optionalTime('emergencyUntilAt'),
    column.optionalTime('erasureRequestedAt'),
  ];
}

function structureColumns() {
  return [
    column.text('finess', 9, { isNullable: true }),
    column.text('siret', 14, { isNullable: true }),
    column.integer('smsForbidden', { default: 0 }),
    column.integer('mailFirstTimeOnly', { default: 0 }),
    column.integer('codeWindowHours', { isNullable: true }),
    column.optionalTime('proSanteConnectFromAt'),
    column.integer('version', { default: 1 }),
  ];
}

function termColumns() {
  return [
    column.key('accountId', { isPrimary: true }),
    column.text('term', LONGEST_TERM, { isPrimary: true }),
    column.key('structureId', { isNullable: true }),
  ];
}

function added(runner: QueryRunner, columns: ReturnType<typeof accountColumns>): TableColumn[] {
  const embedded = runner.dataSource.options.type === 'better-sqlite3';
  return columns.map(
    (one) => new TableColumn(embedded && one.type === 'int' ? { ...one, type: 'integer' } : one),
  );
}

interface Named {
  id: string;
  usernameKey: string;
  emailKey: string;
  displayNameKey: string;
  nationalId: string | null;
  structureId: string | null;
}

/** The accounts that are there already. As `search-terms.ts` was when this ran: a migration is history. */
async function fillTerms(runner: QueryRunner): Promise<void> {
  const sql = `SELECT id, usernameKey, emailKey, displayNameKey, nationalId, structureId FROM account
    WHERE id > ? ORDER BY id LIMIT ${BATCH}`;
  for (let last = ''; ;) {
    const accounts = (await runner.query(sql, [last])) as Named[];
    if (accounts.length === 0) return;
    const rows = accounts.flatMap((one) => termsOf(one).map((term) => [one.id, term, one.structureId]));
    const marks = rows.map(() => '(?, ?, ?)').join(', ');
    await runner.query(`INSERT INTO accountTerm (accountId, term, structureId) VALUES ${marks}`, rows.flat());
    last = accounts.at(-1)!.id;
  }
}

function termsOf(one: Named): string[] {
  const words = one.displayNameKey.split(/\s+/u);
  const parts = words.flatMap((word) => [word, ...word.split(/['’\-]/u)]);
  const terms = [...parts, one.usernameKey, one.emailKey, one.nationalId ?? ''].map(plain).filter(Boolean);
  return [...new Set(terms)];
}

function plain(text: string): string {
  const flat = text
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  return [...flat].slice(0, LONGEST_TERM).join('');
}
