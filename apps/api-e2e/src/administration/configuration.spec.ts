import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqlClient } from '@portillon/testing/servers';
import { runCommand } from '../harness/server/server';

describe('the configuration as a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-configuration-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const file = join(folder, 'gate.yaml');
  const environment = {
    DATABASE_URL: join(folder, 'portillon.db'),
    SECRET_KEYS: `one:${randomBytes(32).toString('base64')}`,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'portillon@portillon.test',
  };
  const command = (...args: string[]) => runCommand(folder, args, environment);
  const write = (rules: string) => {
    const hospital = `- { name: Hôpital Est, finess: '010000024', policy: { ${rules} } }`;
    writeFileSync(file, ['version: 1', 'structures:', hospital].join('\n'));
  };

  it('cannot be checked without tables', async () => {
    write('fourEyes: true');
    expect((await command('apply', file, '--check')).code).toBe(2);
  });

  it('is applied, exported, and reported as unchanged until something drifts', async () => {
    await command('migrate');
    const applied = await command('apply', file);
    expect([applied.code, applied.stdout]).toEqual([0, expect.stringContaining('1 created, 0 changed')]);
    writeFileSync(file, (await command('export')).stdout);
    expect((await command('apply', file, '--check')).code).toBe(0);
    write('fourEyes: false');
    const drifted = await command('apply', file, '--check');
    expect([drifted.code, drifted.stdout]).toEqual([1, expect.stringContaining('fourEyes: true → false')]);
  });

  it('is not applied while another holds the database, which is no fault of the file', async () => {
    const database = await SqlClient.open(environment.DATABASE_URL);
    await database.execute('BEGIN IMMEDIATE');
    const held = await command('apply', file);
    // A connection that is closed within its transaction may hold the file until its statements are collected.
    await database.execute('ROLLBACK');
    await database.close();
    expect([held.code, held.output]).toEqual([1, expect.stringContaining('run the command again')]);
  });

  it('that is wrong is refused by line, as a file, and not as a drift', async () => {
    write('fourEyes: perhaps, smsForbiden: true');
    const wrong = await command('apply', file);
    expect([wrong.code, wrong.output]).toEqual([
      2,
      expect.stringMatching(/yaml:3:\d+ structures\.0\.policy\.smsForbiden: .*\n.*yaml:3:\d+ .*fourEyes: /),
    ]);
  });
});
