import { createConnection } from 'mysql2/promise';

/** By the default names of `portillon migrate --grants`. */
const ACCOUNTS = { migrate: 'portillon-migrate', serve: 'portillon' } as const;

type Duty = keyof typeof ACCOUNTS;

/** What the global setup made: the database with the tables of today, and the rights of both accounts there. */
const TEMPLATE = process.env['PORTILLON_TEST_TEMPLATE']!;

/**
 * The two accounts of a database as an operator makes them: the server under test and its commands have no right that
 * `portillon migrate --grants` does not print.
 */
export class DatabaseAccounts {
  /** `url`: by which the database can be changed at will, as the tests do. */
  constructor(private readonly url: string) {}

  urlOf(duty: Duty): string {
    return Object.assign(new URL(this.url), { username: ACCOUNTS[duty], password: '' }).href;
  }

  /** Makes the accounts, where they are not there yet. */
  async create(): Promise<void> {
    await this.#run(Object.values(ACCOUNTS).map((name) => `CREATE USER IF NOT EXISTS '${name}'@'%'`));
    await this.grant('migrate');
  }

  /** Gives one of them its rights. */
  grant(duty: Duty): Promise<void> {
    const grants = process.env['PORTILLON_TEST_GRANTS']!.replaceAll(
      TEMPLATE.replaceAll('_', '\\_'),
      this.#database.replaceAll('_', '\\_'),
    ).replaceAll(`\`${TEMPLATE}\``, `\`${this.#database}\``);
    return this.#run(grants.split('\n').filter((line) => line.endsWith(`TO '${ACCOUNTS[duty]}'@'%';`)));
  }

  /** Takes all rights on a table from the account that serves. */
  revoke(table: string): Promise<void> {
    return this.#run([`REVOKE ALL PRIVILEGES ON ${table} FROM '${ACCOUNTS.serve}'@'%'`]);
  }

  /** Copies the tables of today, on the server of the template: migrating would take each spec a second. */
  async copyTables(): Promise<void> {
    const database = this.#database;
    const connection = await this.#connect();
    const [rows] = await connection.query(
      'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?',
      [TEMPLATE],
    );
    await connection.end();
    const copies = (rows as { name: string }[]).flatMap(({ name }) => [
      `CREATE TABLE ${database}.${name} LIKE ${TEMPLATE}.${name}`,
      `INSERT INTO ${database}.${name} SELECT * FROM ${TEMPLATE}.${name}`,
    ]);
    await this.#run(copies);
  }

  get #database(): string {
    return new URL(this.url).pathname.slice(1);
  }

  async #run(statements: readonly string[]): Promise<void> {
    const connection = await this.#connect();
    try {
      for (const statement of statements) await connection.query(statement);
    } finally {
      await connection.end();
    }
  }

  #connect() {
    return createConnection(this.url);
  }
}
