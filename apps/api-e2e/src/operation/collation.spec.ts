import { SqlClient } from '@portillon/testing/servers';
import { useStage } from '../harness/server/stage';

const port = process.env['PORTILLON_TEST_MARIADB_PORT'];

(port ? describe : describe.skip)('a database that does not compare texts exactly', () => {
  const stage = useStage();
  const general = { DATABASE_URL: `mysql://root@127.0.0.1:${port}/general` };
  let root: SqlClient;

  beforeAll(async () => {
    root = await SqlClient.open(`mysql://root@127.0.0.1:${port}/mysql`);
    await root.execute('CREATE DATABASE general CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci');
  });
  afterAll(async () => {
    await root.execute('DROP DATABASE general');
    await root.close();
  });

  it.each(['migrate', 'serve'])('is refused by %s before it has a table', async (name) => {
    const { code, output } = await stage.command([name], '', general);
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/^The database does not fit: .*utf8mb4_general_ci.*ALTER DATABASE/),
    ]);
    const tables = "SELECT COUNT(*) AS n FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'general'";
    expect(await root.row(tables)).toEqual({ n: 0 });
  });

  it('is named by doctor', async () => {
    const { output } = await stage.command(['doctor'], '', general);
    expect(output).toMatch(/^FAIL +tables .*utf8mb4_general_ci/m);
  });
});
