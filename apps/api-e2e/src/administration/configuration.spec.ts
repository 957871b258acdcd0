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

  it('gives administrators places in several structures, and asks those who have an account', async () => {
    const FINESS = { Nord: '010000032', Sud: '010000040', Ouest: '010000057' };
    const administrators = (...memberships: string[]) => {
      const luc = 'username: luc.petit, email: luc@est.example, displayName: Luc Petit, structure: Nord';
      const places = memberships.join(', ');
      const lines = Object.entries(FINESS).map(
        ([name, finess]) => `- { name: ${name}, finess: '${finess}' }`,
      );
      const entry = `- { ${luc}, roles: [professional], memberships: [${places}] }`;
      writeFileSync(file, ['version: 1', 'structures:', ...lines, 'administrators:', entry].join('\n'));
    };
    const south = (roles: string) => `{ structure: Sud, roles: [${roles}], function: Chef }`;
    administrators(south('structure-admin'));
    expect((await command('apply', file)).output).toContain('luc.petit');
    const database = await SqlClient.open(environment.DATABASE_URL);
    const places = () =>
      database.rows(`SELECT structure.name, membership.roles, function, source FROM membership
        JOIN structure ON structure.id = structureId ORDER BY structure.name`);
    const north = { name: 'Nord', roles: 'professional', function: null, source: 'console' };
    const placed = { name: 'Sud', function: 'Chef', source: 'configuration' };
    expect(await places()).toEqual([north, { ...placed, roles: 'structure-admin' }]);

    administrators(south('professional, structure-admin'), '{ structure: Ouest }');
    const changed = await command('apply', file);
    expect(changed.output).toContain(`memberships.${FINESS.Ouest}`);
    expect(await places()).toEqual([north, { ...placed, roles: 'professional structure-admin' }]);
    const proposals = 'SELECT identifier, source, proposedBy FROM membershipProposal';
    const proposed = [{ identifier: 'luc@est.example', source: 'configuration', proposedBy: null }];
    expect(await database.rows(proposals)).toEqual(proposed);
    expect((await command('apply', file, '--check')).code).toBe(0);
    writeFileSync(file, (await command('export')).stdout);
    expect((await command('apply', file, '--check')).code).toBe(0);
    expect(await command('export')).toMatchObject({ stdout: expect.stringContaining('function: Chef') });
    administrators('{ structure: Nord }', '{ structure: Est, roles: [national] }');
    const wrong = await command('apply', file);
    expect([wrong.code, wrong.output]).toEqual([
      2,
      expect.stringMatching(/administrators\.0\.memberships\.1\.roles/),
    ]);
    await database.close();
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
