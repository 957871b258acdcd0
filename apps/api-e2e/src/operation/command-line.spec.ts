import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, SqlClient } from '@portillon/testing/servers';
import { runCommand, runCommandForOneLine } from '../harness/server/server';
import { PASSWORD } from '../harness/people/person';
import { useStage } from '../harness/server/stage';

const UNREADABLE = 'file: Expected form: CSV in UTF-8, the columns in line 1.';

describe('the command line', () => {
  const environment: Record<string, string> = {};
  // Its public address is where it listens: the doctor asks for it. Its keys are those that the command makes.
  beforeAll(async () => {
    environment['PORT'] = String(await freePort());
    environment['PUBLIC_URL'] = `http://127.0.0.1:${environment['PORT']}`;
    environment['SECRET_KEYS'] = [await newKey(), await newKey()].join(',');
  });
  const stage = useStage({ environment });
  const folder = mkdtempSync(join(tmpdir(), 'portillon-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const create = (changes: Record<string, string> = {}, password = PASSWORD) => {
    const jeanne = { username: 'jeanne.morel', email: 'jeanne@centre.example', name: 'Jeanne Morel' };
    const options = { ...jeanne, ...changes };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    return stage.command(['account', 'create', ...args, '--password-stdin'], password);
  };

  it('creates an account that can sign in at once, and lists it', async () => {
    const created = await create({ structure: 'Clinique des Pins', role: 'structure-admin' });
    expect(created.output).toMatch(/^Created jeanne\.morel \([0-9a-f-]{36}\)\.\n$/);
    expect(created.output).not.toContain(PASSWORD);
    const answer = await stage
      .visitor()
      .post('/api/sign-in/password', { username: 'jeanne.morel', password: PASSWORD });
    expect(answer.body.status).toBe('code-required');
    const { stdout } = await stage.command(['account', 'list']);
    expect(stdout).toContain('jeanne.morel\tACTIVE\tstructure-admin\tClinique des Pins\tJeanne Morel\n');
    expect(stdout).not.toContain('jeanne@centre.example');
  });

  it('registers an application, whose secret is printed once, and closes it', async () => {
    const back = 'https://orientation.example/cb';
    const addresses = `--redirect-uri ${back} --post-logout-redirect-uri ${back} --backchannel-logout-uri ${back}`;
    const given = '--scope openid email --resource https://api.example/ --no-claim-names --claim-mail';
    const more = `${addresses} ${given} --offline-access --auth-method client_secret_post`.split(' ');
    const made = await stage.command(['application', 'create', '--name', 'Orientation', ...more]);
    const id = /^Created Orientation \(([0-9a-f-]{36})\)\.\n$/.exec(made.output)![1]!;
    const secret = /Secret, shown once: (\S+)/.exec(
      (await stage.command(['application', 'secret', id])).output,
    )![1]!;
    const { output } = await stage.command(['application', 'show', id]);
    expect([output.includes(back), output.includes(secret.split('.')[1]!)]).toEqual([true, false]);
    expect(JSON.parse(output)).toMatchObject({
      ...{ offlineAccess: true, gateAssertion: false, authMethod: 'client_secret_post' },
      ...{ postLogoutRedirectUris: [back], backchannelLogoutUri: back, scopes: ['openid', 'email'] },
      ...{ resources: ['https://api.example/'], claimNames: false, claimMail: true, claimGroups: false },
    });
    await stage.command(['application', 'disable', id]);
    const checked = await stage.command(['application', 'check', id]);
    expect(checked).toMatchObject({ code: 1, output: expect.stringMatching(/FAIL\s+status[^]*ok\s+proof/) });
    const { stdout } = await stage.command(['application', 'list']);
    expect(stdout).toContain(`${id}\tdisabled\tweb\tevery structure\t"Orientation"\n`);
  });

  it('makes a password when none is given, and shows it once', async () => {
    const { output } = await stage.command([
      'account',
      'create',
      '--username',
      'luc.petit',
      '--email',
      'luc@centre.example',
      '--name',
      'Luc Petit',
    ]);
    const password = /Password, shown once: (\S{20})/.exec(output)![1];
    const answer = await stage.visitor().post('/api/sign-in/password', { username: 'luc.petit', password });
    expect(answer.body.status).toBe('code-required');
  });

  it('invites the first national administrator, whose password no other person knows', async () => {
    const args = ['--username', 'nora.roy', '--email', 'nora@centre.example', '--name', 'Nora Roy'];
    const { output } = await stage.command(['account', 'create', ...args, '--role', 'national-admin']);
    expect(output).toContain('Invitation sent to nora@centre.example');
    expect(output).not.toMatch(/password/i);
    const token = /invitation#(\S+)/.exec(stage.smtp.lastTo('nora@centre.example').text!)![1];
    const visitor = stage.visitor();
    expect((await visitor.post('/api/invitations/accept', { token, newPassword: PASSWORD })).status).toBe(
      204,
    );
    const answer = await visitor.post('/api/sign-in/password', { username: 'nora.roy', password: PASSWORD });
    expect(answer.body.status).toBe('code-required');
  });

  it('imports a file of accounts, all of them or none, and prints the bad lines', async () => {
    const file = join(folder, 'people.csv');
    const lines = ['username;name;email', 'i.one;One;one@centre.example', 'i.two;=1+1;two@centre.example'];
    writeFileSync(file, [...lines, 'i.three;Three;nowhere'].join('\r\n'));
    const refused = await stage.command(['account', 'import', file]);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('line 4: email:');
    expect(refused.stdout).toContain('REFUSED: 3 line(s), 0 account(s) made, 1 bad line(s).');
    const dry = await stage.command(['account', 'import', file, '--dry-run']);
    expect(dry.stdout).toContain(
      'line 4: email: Write a whole address, such as claire.martin@hopital.example.\n',
    );
    expect(dry.stdout).toContain('CHECKED: 3 line(s), 0 account(s) made, 1 bad line(s).');
    const good = await stage.command(['account', 'import', file, '--good-lines']);
    expect(good).toMatchObject({ code: 0 });
    expect(good.stdout).toContain('DONE: 3 line(s), 2 account(s) made, 1 bad line(s).');
  });

  it.each([
    [
      'that names no columns',
      'a;b\n1;2',
      'file: The first line must name the columns: username, email and name.',
    ],
    ['whose lines have no end', ','.repeat(9_000), UNREADABLE],
  ])('says what is wrong with a file %s', async (_, text, sentence) => {
    const file = join(folder, 'no-people.csv');
    writeFileSync(file, text);
    const refused = await stage.command(['account', 'import', file, '--dry-run']);
    expect([refused.code, refused.output]).toEqual([1, `${sentence}\n`]);
  });

  it.each<[string, () => Promise<Record<string, string>>]>([
    ['a name that would break a mail', async () => ({ name: 'Jeanne\r\nBcc: everybody@evil.example' })],
    ['a name that is taken', async () => ({ username: (await stage.person()).username.toUpperCase() })],
    ['a role that does not exist', async () => ({ role: 'god' })],
    ['a language that does not exist', async () => ({ locale: 'de' })],
  ])('refuses %s, without a stack, and makes nothing', async (_what, changes) => {
    const refused = await changes();
    const before = await accounts();
    const { code, output } = await create({ username: 'somebody.new', ...refused });
    expect(code).toBe(1);
    expect(output).not.toMatch(/^Created/m);
    expect(output).not.toMatch(/^\s+at /m);
    expect(await accounts()).toBe(before);
  });

  it('refuses a weak password', async () => {
    const { code, output } = await create({ username: 'weak.one' }, 'azerty');
    expect([code, output]).toEqual([1, 'Password refused: too-short, too-common\n']);
  });

  it('unlocks a person who may no longer try', async () => {
    const claire = await stage.person();
    for (let turn = 0; turn < 4; turn++) await claire.givePassword(stage.visitor(), 'guess');
    expect((await claire.givePassword(stage.visitor())).outcome).toBe('429 attempts.exceeded');
    expect((await stage.command(['account', 'unlock', claire.username])).output).toContain('Unlocked');
    expect((await claire.givePassword(stage.visitor())).body.status).toBe('code-required');
    expect(await stage.command(['account', 'unlock', 'nobody'])).toMatchObject({
      code: 1,
      output: 'No account named nobody\n',
    });
  });

  it('lists and clears the limits of a person who has had too many codes', async () => {
    const claire = await stage.person();
    for (let time = 0; time < 5; time++) await claire.givePassword(stage.visitor());
    expect((await claire.givePassword(stage.visitor())).outcome).toBe('429 attempts.exceeded');
    const ofClaire = ['--account', claire.username];
    const listed = await stage.command(['limits', 'list', ...ofClaire]);
    expect(listed.output).toMatch(/send\.destination\.10min\tFULL\t5 of 5\tuntil/);
    const json = JSON.parse((await stage.command(['limits', 'list', ...ofClaire, '--json'])).output);
    expect(json).toContainEqual(expect.objectContaining({ limit: 'send.account.day', hits: 5, max: 20 }));

    const cleared = await stage.command(['limits', 'clear', ...ofClaire]);
    expect(cleared.output).toBe(`Cleared the limits of ${claire.username}.\n`);
    expect((await claire.givePassword(stage.visitor())).body.status).toBe('code-required');
    const line = "SELECT data FROM auditEvent WHERE name = 'limits_cleared' AND accountId = ?";
    expect(await stage.database.rows(line, [claire.id])).toHaveLength(1);
  });

  it('lists and clears the limits of an address and of a network, and names missing options', async () => {
    const address = '198.51.100.9';
    const claire = await stage.person();
    await claire.givePassword(stage.visitor({ 'x-forwarded-for': address }));
    const block = ['--block', address];
    expect((await stage.command(['limits', 'list', ...block])).output).toMatch(/send\.block\.hour\topen/);
    await stage.command(['limits', 'clear', ...block]);
    expect((await stage.command(['limits', 'list', ...block])).output).toBe('Nothing is counted now.\n');
    const mail = await stage.command(['limits', 'clear', '--address', 'claire@hopital.example']);
    expect(mail.output).toBe('Cleared the limits of c•••@hopital.example.\n');
    expect(await stage.command(['limits', 'clear'])).toMatchObject({
      code: 1,
      output: 'Name one of --account, --address and --block\n',
    });
  });

  it('migrates an empty database, and does nothing the second time', async () => {
    const fresh = { DATABASE_URL: join(folder, 'fresh.db') };
    expect((await stage.command(['doctor'], '', fresh)).output).toMatch(/FAIL\s+tables\s.*portillon migrate/);
    expect(await stage.command(['account', 'list'], '', fresh)).toMatchObject({
      code: 1,
      output: 'The database is behind this version: run "portillon migrate"\n',
    });
    expect((await stage.command(['migrate'], '', fresh)).stdout).toMatch(/\d+ migration\(s\) ran\.\n$/);
    expect((await stage.command(['migrate'], '', fresh)).stdout).toBe('The database is up to date.\n');
  });

  it('refuses to serve incomplete tables, and does not report them as up to date', async () => {
    const other = { DATABASE_URL: join(folder, 'other.db') };
    await stage.command(['migrate'], '', other);
    const database = await SqlClient.open(other.DATABASE_URL);
    await database.execute('ALTER TABLE structure DROP COLUMN egressAddresses');
    await database.execute('DROP TABLE keyAnnouncement');
    await database.close();
    const missing = 'column structure.egressAddresses is missing';
    for (const name of ['migrate', 'serve']) {
      const { code, output } = await stage.command([name], '', other);
      expect([code, output]).toEqual([
        1,
        expect.stringMatching(`^The database does not fit: .*${missing}.*restore`),
      ]);
    }
    expect((await stage.command(['doctor'], '', other)).output).toMatch(
      RegExp(`^FAIL +tables .*${missing}`, 'm'),
    );
  });

  it.each(['json', 'pretty'])(
    'ends when its reader is gone after one line, as with "| head -1" (%s)',
    async (format) => {
      const refused = {
        ...stage.environment,
        LOG_FORMAT: format,
        DATABASE_URL: 'mysql://root@127.0.0.1:1/nowhere',
      };
      expect(await runCommandForOneLine(folder, 'migrate', refused)).toEqual({ ended: true });
    },
  );

  it('makes keys that the server takes, each another', async () => {
    const [one, other] = environment['SECRET_KEYS']!.split(',');
    expect(one).toMatch(/^k[0-9a-f]{8}:[A-Za-z0-9+/]{43}=$/);
    expect(one).not.toBe(other);
    expect((await stage.visitor().get('/health/ready')).outcome).toBe('200');
  });

  it('says of every dependency that it answers', async () => {
    // Its first request makes the keys that sign, which takes a busy machine longer than the doctor waits.
    await stage.visitor().get('/.well-known/openid-configuration');
    const { code, output } = await stage.command(['doctor']);
    // The server of the tests does not flush each commit, so that they are fast.
    const lines = output.split('\n').filter((line) => !/^\w+ +durability/.test(line));
    const [failures, fine] = ['FAIL ', 'ok '].map((state) => lines.filter((line) => line.startsWith(state)));
    expect(failures).toEqual([]);
    // Those of the settings and of 23 subjects; that the texts of the law are missing is a warning.
    expect(fine).toHaveLength(24);
    expect(code).toBe(Number(/^FAIL +durability/m.test(output)));
    expect(output).toMatch(/^ok\s+issuer\s+http:\S+ answers as itself/m);
  });

  it('ends the sessions and codes that a restored backup would revive, while no instance runs', async () => {
    const [claire, paul] = [await stage.person(), await stage.person()];
    const [hers, his, remembered] = [stage.visitor(), stage.visitor(), stage.visitor()];
    await claire.signIn(hers);
    await claire.signIn(remembered);
    await remembered.delete('/api/session');
    await paul.givePassword(his);
    const code = paul.codeInMail();
    const refused = await stage.command(['restore', 'clean']);
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('Stop every instance')]);
    await stage.server.stop();
    const cleaned = await stage.command(['restore', 'clean']);
    await stage.restart();
    expect([cleaned.code, cleaned.output]).toEqual([0, expect.stringMatching(/^Emptied: .*webhookDelivery/)]);
    expect((await hers.get('/api/session')).outcome).toBe('401 session.required');
    expect((await his.post('/api/sign-in/code', { code })).status).toBe(401);
    expect((await claire.givePassword(remembered)).body.status).toBe('code-required');
    const line = "SELECT outcome FROM auditEvent WHERE name = 'backup_restored'";
    expect(await stage.database.rows(line)).toEqual([{ outcome: 'SUCCESS' }]);
  });

  it('prints the OpenAPI document that is committed', async () => {
    const { stdout } = await runCommand(folder, ['openapi'], {});
    const committed = readFileSync(join(__dirname, '../../../api/openapi.json'), 'utf8');
    expect(JSON.parse(stdout)).toEqual(JSON.parse(committed));
  });

  it('explains itself', async () => {
    const { code, stdout } = await runCommand(folder, ['--help'], {});
    expect(code).toBe(0);
    for (const name of 'serve migrate account keys apply export settings doctor trust'.split(' '))
      expect(stdout).toContain(name);
    expect((await runCommand(folder, ['dance'], {})).code).not.toBe(0);
  });

  async function newKey(): Promise<string> {
    return (await runCommand(folder, ['keys', 'new'], {})).stdout.trim();
  }

  async function accounts(): Promise<number> {
    return Number((await stage.database.row<{ n: number }>('SELECT COUNT(*) AS n FROM account'))!.n);
  }
});
