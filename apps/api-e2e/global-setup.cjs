const { execFileSync } = require('node:child_process');
const { join } = require('node:path');
const { createConnection } = require('mysql2/promise');
const { default: startMariadb } = require('../../libs/testing/src/jest-global-setup.ts');

const ROOT = join(__dirname, '../..');
const PROGRAM = join(ROOT, 'apps/api/dist/main.cjs');
/** With tables of today, which each spec copies: half a minute of migrations in all. */
const TEMPLATE = 'e2e_template';

/**
 * Builds the server when its sources changed, unless Nx has just done it, starts the run's MariaDB, and makes there what
 * an operator makes: the account that migrates, the one that serves, and tables.
 */
module.exports = async () => {
  if (!process.env.NX_TASK_TARGET_PROJECT)
    execFileSync(process.execPath, [require.resolve('nx/bin/nx.js'), 'build', 'api'], { cwd: ROOT });
  await startMariadb();
  const port = process.env.PORTILLON_TEST_MARIADB_PORT;
  if (!port) return;
  const grants = run(['migrate', '--grants', '--database', TEMPLATE]);
  await makeTemplate(port, grants);
  process.env.PORTILLON_TEST_TEMPLATE = TEMPLATE;
  process.env.PORTILLON_TEST_GRANTS = grants;
};

async function makeTemplate(port, grants) {
  const root = await createConnection({ host: '127.0.0.1', port: Number(port), user: 'root' });
  await root.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
  await root.query(`CREATE DATABASE ${TEMPLATE} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  await root.query("CREATE USER IF NOT EXISTS 'portillon-migrate'@'%', 'portillon'@'%'");
  await root.query(grants.split('\n').find((line) => line.endsWith("TO 'portillon-migrate'@'%';")));
  await root.end();
  run(['migrate'], { DATABASE_URL: `mysql://portillon-migrate@127.0.0.1:${port}/${TEMPLATE}` });
}

function run(args, environment = {}) {
  const settings = {
    SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'portillon@portillon.test',
  };
  const env = { PATH: process.env.PATH, ...settings, ...environment };
  return execFileSync(process.execPath, [PROGRAM, ...args], { env, encoding: 'utf8' });
}
