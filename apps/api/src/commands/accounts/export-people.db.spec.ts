import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { PasswordHashingService } from '@portillon/credential';
import { Transactions } from '@portillon/persistence';
import { StructureService } from '@portillon/structure';
import { describeOnEveryEngine } from '@portillon/testing';
import { SmtpSink } from '@portillon/testing/servers';
import { DataSource } from 'typeorm';
import { PERSISTENCE_PARTS } from '../../persistence-parts';
import { openTestContext, testEnvironment } from '../testing/test-context';
import { exportPeople } from './export-people';
import { moveIn } from './move-in';

const PHRASE = 'Le cheval bleu mange 3 pommes';
/** Of that phrase, made by Python. */
const SSHA = '{SSHA}zkGAEB/8gsvFrZQS0fuqmqG4lW1zZWxzZWwwMQ==';
const CODE = /^ {4}(\d{6})$/m;

describeOnEveryEngine('an export of everyone', PERSISTENCE_PARTS, (bench) => {
  const smtp = new SmtpSink();
  const folder = mkdtempSync(join(tmpdir(), 'export-'));
  const file = join(folder, 'people.jsonl');
  let app: INestApplicationContext;
  let environment: Record<string, string>;
  let printed: jest.SpyInstance;

  beforeAll(async () => {
    await smtp.start();
    environment = { ...testEnvironment(bench.url), SMTP_URL: smtp.url };
    app = await openTestContext(bench.url);
  }, 60_000);
  beforeEach(async () => {
    await bench.empty();
    rmSync(file, { force: true });
    printed = jest.spyOn(console, 'log').mockReturnValue();
    for (const name of ['nadia', 'paul']) await administrator(name);
  });
  afterEach(() => printed.mockRestore());
  afterAll(async () => {
    await app.close();
    await smtp.stop();
    rmSync(folder, { recursive: true });
  });

  const rows = <Row>(sql: string) => app.get(DataSource).query<Row[]>(sql);

  async function administrator(username: string, roles = ['national-admin']): Promise<void> {
    const draft = { username, email: `${username}@h.example`, displayName: username, roles };
    const passwordDigest = await app.get(PasswordHashingService).hash(PHRASE);
    await app
      .get(Transactions)
      .run((tx) => app.get(AccountService).create({ ...draft, passwordDigest, status: 'ACTIVE' }, tx));
    // Their rights are not new.
    await rows(`UPDATE account SET administrationChangedAt = NULL WHERE username = '${username}'`);
  }

  const inEnvironment = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const replaced = jest.replaceProperty(process, 'env', environment);
    return work().finally(() => replaced.restore());
  };
  const run = (by: string, second: string, ask: () => Promise<string> = codeInMail) =>
    inEnvironment(() => exportPeople(file, { by, second, reason: 'Autre service' }, ask));
  const codeInMail = async () => CODE.exec(smtp.lastTo('paul@h.example').text!)![1]!;
  const codeOf = (exporting: Promise<unknown>) =>
    exporting.then(
      () => 'exported',
      (error: { code?: string; message: string }) => error.code ?? error.message,
    );

  it('moves in elsewhere with passwords, numbers and memberships', async () => {
    for (const name of ['Hôpital Nord', 'Le Port']) await app.get(StructureService).create(name);
    const claire = {
      username: 'claire',
      email: 'claire@h.example',
      displayName: 'Claire Roux',
      firstName: 'Claire',
      lastName: 'Roux',
      structure: 'Hôpital Nord',
      nationalId: '899700366240',
      passwordDigest: SSHA,
      phone: '+33612345678',
      phoneVerifiedAt: '2026-01-10T08:00:00Z',
      preferredChannel: 'SMS',
      lastSignInAt: '2026-11-20T08:00:00Z',
      memberships: [{ structure: 'Le Port', roles: ['structure-admin'], function: 'Cadre' }],
    };
    const first = join(folder, 'first.jsonl');
    const report = join(folder, 'report.csv');
    writeFileSync(first, JSON.stringify(claire));
    await inEnvironment(() => moveIn(first, { report, language: 'fr', confirm: true }));
    await run('nadia', 'paul');
    expect(statSync(file).mode & 0o777).toBe(0o600);

    await bench.empty();
    for (const name of ['Hôpital Nord', 'Le Port']) await app.get(StructureService).create(name);
    await inEnvironment(() => moveIn(file, { report, language: 'fr', confirm: true }));
    const account = (await app.get(AccountService).findByUsername('claire'))!;
    expect(account).toMatchObject({
      displayName: 'Claire Roux',
      givenName: 'Claire',
      familyName: 'Roux',
      nationalId: '899700366240',
      structure: { name: 'Hôpital Nord' },
      phone: { number: '+33612345678', verifiedAt: new Date('2026-01-10T08:00:00Z') },
      codeChannel: 'SMS',
      lastSignedInAt: new Date('2026-11-20T08:00:00Z'),
    });
    const [, port] = account.memberships;
    expect(port).toMatchObject({
      structure: { name: 'Le Port' },
      roles: ['structure-admin'],
      function: 'Cadre',
    });
    const hashing = app.get(PasswordHashingService);
    expect(await hashing.verify(account.passwordDigest, PHRASE)).toBe(true);
    expect(await hashing.verify(account.passwordDigest, `${PHRASE} `)).toBe(false);
    // A national administrator comes as a professional.
    const nadia = (await app.get(AccountService).findByUsername('nadia'))!;
    expect([nadia.roles, await hashing.verify(nadia.passwordDigest, PHRASE)]).toEqual([
      ['professional'],
      true,
    ]);
  });

  it('is in the journal with both administrators and the reason', async () => {
    await run('nadia', 'paul');
    const [nadia] = await rows<{ id: string }>("SELECT id FROM account WHERE username = 'nadia'");
    const [line] = await rows<{ actorId: string; reason: string; data: string }>(
      "SELECT actorId, reason, data FROM auditEvent WHERE name = 'people_exported'",
    );
    expect(line).toMatchObject({ actorId: nadia!.id, reason: 'Autre service' });
    expect(JSON.stringify(line!.data)).toContain('paul');
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
  });

  it.each([
    ['code.rejected', 'nadia', 'paul', async () => '000000'],
    ['act.on-own-request', 'nadia', 'nadia', async () => '000000'],
    ['permission.denied', 'nadia', 'claire', async () => '000000'],
    ['permission.denied', 'claire', 'nadia', async () => '000000'],
    ['No account named zoe', 'nadia', 'zoe', async () => '000000'],
  ])('is refused with %s, and writes no file', async (code, by, second, ask) => {
    await administrator('claire', ['professional']);
    expect(await codeOf(run(by, second, ask))).toBe(code);
    expect(() => statSync(file)).toThrow();
    expect(await rows("SELECT 1 FROM auditEvent WHERE name = 'people_exported'")).toEqual([]);
  });

  it('needs a second administrator whose rights are not new', async () => {
    await rows("UPDATE account SET administrationChangedAt = createdAt WHERE username = 'paul'");
    expect(await codeOf(run('nadia', 'paul'))).toBe('act.too-new-to-confirm');
  });

  it('needs another code for another export', async () => {
    let code = '';
    await run('nadia', 'paul', async () => (code = await codeInMail()));
    rmSync(file);
    expect(await codeOf(run('nadia', 'paul', async () => code))).not.toBe('exported');
  });

  it('does not replace a file', async () => {
    writeFileSync(file, 'kept');
    expect(await codeOf(run('nadia', 'paul'))).toBe(`${file} exists: name another file`);
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });
});
