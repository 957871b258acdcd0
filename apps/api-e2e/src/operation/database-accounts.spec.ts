import { SqlClient } from '@portillon/testing/servers';
import { useStage } from '../harness/server/stage';

const onMariadb = process.env['PORTILLON_TEST_MARIADB_PORT'] ? describe : describe.skip;

describe('the rights that "portillon migrate --grants" prints', () => {
  const stage = useStage();
  const printed = (...args: string[]) => stage.command(['migrate', '--grants', ...args]);

  it('are those of two accounts, without a password and without asking a database', async () => {
    const away = { DATABASE_URL: 'mysql://root:hunter2@127.0.0.1:1/portillon' };
    const { code, stdout } = await stage.command(['migrate', '--grants'], '', away);
    expect(code).toBe(0);
    expect(stdout).toContain("ON `portillon`.* TO 'portillon-migrate'@'%';\n");
    expect(stdout).toContain(
      "\nGRANT SELECT, INSERT, DELETE, UPDATE (`sealSequence`) ON `portillon`.`auditEvent` TO 'portillon'@'%';\n",
    );
    expect(stdout).toContain("\nGRANT SELECT, INSERT ON `portillon`.`auditSeal` TO 'portillon'@'%';\n");
    expect(stdout).not.toMatch(/hunter2|IDENTIFIED BY '[^…]|GRANT ALL|WITH GRANT OPTION/);
  });

  it('use the names that an operator gives, or one account on request', async () => {
    const names = ['--database', 'gate_1', '--serve-as', 'gate@10.%', '--migrate-as', 'gate-ddl@10.0.0.7'];
    const { stdout } = await stage.command(['migrate', '--grants', 'migrate', ...names]);
    // For all tables, `_` would match any character: the rights would include other databases.
    expect(stdout).toContain("ON `gate\\_1`.* TO 'gate-ddl'@'10.0.0.7';");
    expect(stdout).not.toContain("'gate'@");
    const serving = await stage.command(['migrate', '--grants', 'serve', ...names]);
    expect(serving.stdout).toContain("ON `gate_1`.`session` TO 'gate'@'10.%';");
    expect(serving.stdout).not.toContain("'gate-ddl'@");
  });

  it.each([
    ['--serve-as', "x'@'%' IDENTIFIED BY ''; --"],
    ['--serve-as', 'portillon'],
    ['--migrate-as', 'portillon@%'],
    ['--database', 'portillon`.*'],
  ])('are none for a name that is none, or that both have: %s %s', async (option, name) => {
    const { code, output } = await printed(option, name);
    expect(code).toBe(1);
    expect(output).toContain(option);
    expect(output).not.toContain('GRANT ');
  });
});

onMariadb('the account that serves', () => {
  const stage = useStage({ engine: 'MariaDB' });
  let stolen: SqlClient;

  // The attacker has its name, its password and a way to the database.
  beforeAll(async () => {
    await stage.signedIn();
    await stage.command(['audit', 'seal']);
    stolen = await SqlClient.open(stage.environment['DATABASE_URL']!);
  });
  afterAll(() => stolen.close());

  it.each([
    ['change what a line of the journal says', "UPDATE auditEvent SET accountId = 'paul'"],
    ['change a seal', 'UPDATE auditSeal SET lineCount = 0'],
    ['take a seal away', 'DELETE FROM auditSeal'],
    ['cut the journal off', 'TRUNCATE TABLE auditEvent'],
    ['drop a table', 'DROP TABLE auditSeal'],
    ['add a column', 'ALTER TABLE account ADD COLUMN spare int'],
    ['make a table', 'CREATE TABLE spare (id int)'],
    ['say that a migration ran', "INSERT INTO schemaMigration (timestamp, name) VALUES (1, 'x')"],
    ['write a file on the server', "SELECT * FROM account INTO OUTFILE '/tmp/accounts'"],
    ['read the accounts of the server', 'SELECT * FROM mysql.user'],
    ['let another account in', "GRANT SELECT ON account TO 'portillon-migrate'@'%'"],
  ])('cannot %s', async (_, sql) => {
    await expect(stolen.execute(sql)).rejects.toMatchObject({ code: expect.stringMatching(/DENIED/) });
  });

  it('has rights on every table that migrations make, so that a new one is not forgotten', async () => {
    const sql = 'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()';
    const [made, granted] = await Promise.all(
      [stage.database, stolen].map(async (by) =>
        (await by.rows<{ name: string }>(sql)).map(({ name }) => name),
      ),
    );
    // The lock of the migration, and a table that no version uses any more.
    const without = ['migrationLock', 'pendingEmail'];
    expect(made!.filter((name) => !granted!.includes(name)).sort()).toEqual(without);
  });

  it('reads and writes the tables of a sign-in, and the journal still verifies', async () => {
    const { browser } = await stage.signedIn();
    expect((await browser.get('/api/session')).outcome).toBe('200');
    await stage.command(['audit', 'seal']);
    expect((await stage.command(['audit', 'verify'])).output).toContain('PROVEN');
  });

  it.each(['REPLACE', 'DELETE and INSERT'])(
    'can replace a line of the journal by %s, which its proof names',
    async (way) => {
      await stage.command(['audit', 'seal']);
      const [line] = await stolen.rows<Record<string, unknown>>(
        'SELECT * FROM auditEvent WHERE accountId IS NOT NULL AND sealSequence IS NOT NULL LIMIT 1',
      );
      const write = (changed: Record<string, unknown>) => {
        const columns = Object.keys(changed).map((name) => `\`${name}\``);
        const values = `(${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
        return stolen.execute(
          `${way === 'REPLACE' ? way : 'INSERT'} INTO auditEvent ${values}`,
          Object.values(changed),
        );
      };
      const replace = async (changed: Record<string, unknown>) => {
        if (way !== 'REPLACE') await stolen.execute('DELETE FROM auditEvent WHERE id = ?', [line!['id']]);
        await write(changed);
      };
      await replace({ ...line, accountId: 'paul' });
      const { code, output } = await stage.command(['audit', 'verify']);
      await replace(line!);
      expect(code).not.toBe(0);
      expect(output).toContain(String(line!['id']));
      expect((await stage.command(['audit', 'verify'])).output).toContain('PROVEN');
    },
  );

  it('gets a sentence when it migrates', async () => {
    const [last] = await stage.database.rows<{ id: number }>('SELECT MAX(id) AS id FROM schemaMigration');
    const rename = 'UPDATE schemaMigration SET name = CONCAT(name, ?) WHERE id = ?';
    await stage.database.execute(rename, ['x', last!.id]);
    const serving = { DATABASE_URL: stage.environment['DATABASE_URL']! };
    const { code, output } = await stage.command(['migrate'], '', serving);
    await stage.database.execute(
      'UPDATE schemaMigration SET name = TRIM(TRAILING ? FROM name) WHERE id = ?',
      ['x', last!.id],
    );
    expect(code).toBe(1);
    expect(output.trim()).toMatch(/^This account may not change tables: [^\n]*$/);
  });

  it('gets a sentence for a database on which it has no right', async () => {
    const other = Object.assign(new URL(stage.environment['DATABASE_URL']!), { pathname: '/mysql' });
    const { code, output } = await stage.command(['account', 'list'], '', { DATABASE_URL: other.href });
    expect(code).toBe(1);
    expect(output.trim()).toMatch(/^This account lacks a right on the database of DATABASE_URL: [^\n]*$/);
  });

  it('are named when a table was not granted', async () => {
    await stage.withoutRightOn('auditReading');
    const { code, output } = await stage.command(['account', 'list']);
    expect(code).toBe(1);
    expect(output).toContain('auditReading');
    expect(output).toContain('portillon migrate --grants serve');
  });
});
