import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { AccountAdministrationService, AccountService, MembershipService } from '@portillon/account';
import { MoveInService, readPeople } from '@portillon/administration';
import type { MoveInResult } from '@portillon/administration';
import { PasswordHashingService } from '@portillon/credential';
import { Transactions } from '@portillon/persistence';
import { StructureService } from '@portillon/structure';
import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { DataSource } from 'typeorm';
import { PERSISTENCE_PARTS } from '../../persistence-parts';
import { openTestContext, testEnvironment } from '../testing/test-context';
import { moveIn } from './move-in';
import type { MoveInCommand } from './move-in';

const BCRYPT = `$2b$10$${'a'.repeat(53)}`;
const SSHA = `{SSHA}${Buffer.alloc(28, 7).toString('base64')}`;
const NUMBER = '+33612345678';

type Fields = Record<string, unknown>;

const person = (username: string, more: Fields = {}): Fields => ({
  username,
  email: `${username}@h.example`,
  displayName: username,
  ...more,
});

async function* bytesOf(people: Fields[]): AsyncGenerator<Uint8Array> {
  yield Buffer.from(people.map((one) => JSON.stringify(one)).join('\n'));
}

describeOnEveryEngine('people who move in', PERSISTENCE_PARTS, (bench) => {
  let app: INestApplicationContext;
  let north: string;
  let port: string;

  beforeAll(async () => {
    app = await openTestContext(bench.url);
  }, 60_000);
  beforeEach(async () => {
    await bench.empty();
    north = await structure('Hôpital Nord');
    port = await structure('Le Port');
  });
  afterAll(() => app.close());

  const inOne: Transactions['run'] = (work) => app.get(Transactions).run(work);
  const rows = <Row = Fields>(sql: string) => app.get(DataSource).query<Row[]>(sql);
  const countOf = async (table: string) => (await rows(`SELECT 1 FROM ${table}`)).length;
  const find = async (username: string) => (await app.get(AccountService).findByUsername(username))!;

  async function structure(name: string): Promise<string> {
    const made = await app.get(StructureService).create(name);
    return made.status === 'created' ? made.structure.id : '';
  }

  /** The results, up to the batch after which the process is killed. */
  async function take(
    people: Fields[],
    { confirm = true, batches = Infinity } = {},
  ): Promise<MoveInResult[]> {
    const service = app.get(MoveInService);
    const read = () => readPeople(bytesOf(people), 'jsonl', { structures: new Map(), attributes: {} });
    const doubles = await service.survey(read());
    const results: MoveInResult[] = [];
    let done = 0;
    for await (const batch of service.run(read(), doubles, confirm)) {
      results.push(...batch);
      if (++done === batches) break;
    }
    return results;
  }
  const outcomes = (results: MoveInResult[]) =>
    results.map(({ outcome, reasons }) => [outcome, ...reasons.map(({ code }) => code)].join(' '));

  it('have their password, number, channel, last sign-in, structure and memberships at once', async () => {
    const results = await take([
      person('claire', {
        passwordDigest: BCRYPT,
        structure: 'Hôpital Nord',
        nationalId: '10003456789',
        phone: '06 12 34 56 78',
        phoneVerifiedAt: '2026-01-02',
        preferredChannel: 'SMS',
        lastSignInAt: '2026-02-03T04:05:06Z',
        memberships: [{ structure: 'Le Port', roles: ['structure-admin'], function: 'Directrice' }],
      }),
    ]);
    expect(results).toMatchObject([{ outcome: 'taken', reasons: [], format: 'bcrypt', hasPhone: true }]);
    const claire = await find('claire');
    expect(claire).toMatchObject({
      status: 'ACTIVE',
      roles: ['professional'],
      structure: { id: north },
      nationalId: '810003456789',
      phone: { number: NUMBER, verifiedAt: new Date('2026-01-02') },
      codeChannel: 'SMS',
      lastSignedInAt: new Date('2026-02-03T04:05:06Z'),
      passwordDigest: BCRYPT,
      invitedUntil: null,
    });
    expect(claire.memberships).toMatchObject([
      { structure: { id: north }, roles: ['professional'], manages: true },
      { structure: { id: port }, roles: ['structure-admin'], function: 'Directrice', manages: false },
    ]);
    const [moved] = await rows('SELECT passwordMovedAt FROM account');
    expect(moved!['passwordMovedAt']).not.toBeNull();
  });

  it('are invited later without a digest that is usable, and a weak digest is not stored', async () => {
    const results = await take([
      person('anna', { passwordDigest: SSHA }),
      person('bruno'),
      person('chloe', { passwordDigest: '{MD5}x' }),
      person('david', { passwordDigest: `$2b$31$${'a'.repeat(53)}` }),
    ]);
    expect(outcomes(results)).toEqual(['taken', 'taken', 'taken unknown-format', 'taken too-costly']);
    const found = await rows('SELECT username, status, passwordDigest FROM account ORDER BY username');
    expect(found).toMatchObject([
      { status: 'ACTIVE', passwordDigest: expect.stringContaining('$argon2id$') as string },
      ...['bruno', 'chloe', 'david'].map((username) => ({
        username,
        status: 'INVITED',
        passwordDigest: null,
      })),
    ]);
    expect(JSON.stringify(found)).not.toContain(SSHA.slice('{SSHA}'.length));
  });

  it('have the password that they had, which is replaced later, unless it is as strong as ours', async () => {
    const phrase = 'Le cheval bleu mange 3 pommes';
    const hashing = app.get(PasswordHashingService);
    const digests = {
      bcrypt: '$2y$12$abcdefghijklmnopqrstuuUvrp4qK9yk7y3a8mcneApYrI/UXEEMy',
      ours: await hashing.hash(phrase),
      ssha: '{SSHA}zkGAEB/8gsvFrZQS0fuqmqG4lW1zZWxzZWwwMQ==',
    };
    await take(
      Object.entries(digests).map(([username, passwordDigest]) => person(username, { passwordDigest })),
    );
    for (const username of Object.keys(digests)) {
      const { passwordDigest } = await find(username);
      expect(await hashing.verify(passwordDigest, phrase)).toBe(true);
      expect(await hashing.verify(passwordDigest, 'another')).toBe(false);
    }
    const moved = await rows(
      'SELECT username FROM account WHERE passwordMovedAt IS NOT NULL ORDER BY username',
    );
    expect(moved).toEqual([{ username: 'bcrypt' }, { username: 'ssha' }]);
  });

  it('keep a proof of their number only where the rules accept it, and share no number', async () => {
    const structures = app.get(StructureService);
    const { policy, version } = (await structures.get(port))!;
    await inOne((tx) => structures.setPolicy(port, { ...policy, smsForbidden: true }, version, tx));
    const proved = { phoneVerifiedAt: '2026-01-02', preferredChannel: 'SMS' };
    const results = await take([
      person('anna', { ...proved, phone: '0612345601', structure: 'Le Port' }),
      person('bruno', { ...proved, phone: '0612345602', phoneVerifiedAt: '2999-01-01' }),
      person('chloe', { ...proved, phone: '0612345603' }),
      person('david', { ...proved, phone: '+33612345603' }),
      person('emma', { ...proved, phone: '0142000000' }),
    ]);
    expect(outcomes(results)).toEqual([
      'taken phone-forbidden',
      'taken phone-unproved',
      'taken shared-phone',
      'taken shared-phone',
      'taken phone',
    ]);
    const found = await rows('SELECT phoneVerifiedAt, codeChannel FROM account');
    expect(found).toEqual(Array(5).fill({ phoneVerifiedAt: null, codeChannel: 'EMAIL' }));
  });

  it('get no mail, no SMS and no webhook, and no session opens', async () => {
    const people = [person('anna', { passwordDigest: BCRYPT, phone: NUMBER, phoneVerifiedAt: '2026-01-02' })];
    await take([...people, person('bruno')]);
    for (const table of ['notification', 'accountToken', 'webhookDelivery', 'membershipProposal'])
      expect(await rows(`SELECT * FROM ${table}`)).toEqual([]);
    expect(await rows('SELECT invitedUntilAt FROM account')).toEqual(Array(2).fill({ invitedUntilAt: null }));
  });

  it('are left as they are when they are here, and get the memberships that they never had', async () => {
    await take([
      person('anna', { nationalId: '10003456789', passwordDigest: BCRYPT, structure: 'Hôpital Nord' }),
    ]);
    const before = await find('anna');
    const again = await take([
      person('other.name', {
        nationalId: '10003456789',
        email: 'new@h.example',
        passwordDigest: SSHA,
        phone: NUMBER,
        structure: 'Hôpital Nord',
        memberships: [{ structure: 'Le Port' }],
      }),
    ]);
    expect(outcomes(again)).toEqual(['merged membership']);
    const after = await find('anna');
    expect(after).toMatchObject({ email: before.email, passwordDigest: BCRYPT, phone: null });
    expect(after.memberships.map((one) => one.structure.id)).toEqual([north, port]);
    // An administrator ends it: the same file does not open it again.
    await inOne((tx) => app.get(MembershipService).end(after.id, port, tx));
    const third = await take([person('anna', { memberships: [{ structure: 'Le Port' }] })]);
    expect(outcomes(third)).toEqual(['skipped unchanged']);
  });

  it('are refused as homonyms: one user name with another address or another national id', async () => {
    await take([person('anna', { nationalId: '10003456789' })]);
    const results = await take([
      person('ANNA', { email: 'another@h.example' }),
      person('b1', { email: 'anna@h.example' }),
    ]);
    expect(outcomes(results)).toEqual(['refused homonym', 'taken']);
    expect(outcomes(await take([person('anna', { nationalId: '10009999999' })]))).toEqual([
      'refused homonym',
    ]);
    expect(outcomes(await take([person('anna')]))).toEqual(['skipped unchanged']);
  });

  it('stay closed when an administrator closed them here', async () => {
    await take([person('anna')]);
    const { id } = await find('anna');
    await inOne((tx) => app.get(AccountAdministrationService).deactivate(id, tx));
    expect(outcomes(await take([person('anna', { structure: 'Le Port' })]))).toEqual(['skipped closed']);
    expect((await find('anna')).memberships).toEqual([]);
  });

  it('are read in a dry run that finds the same and writes nothing, not even a hash', async () => {
    const people = [person('anna', { passwordDigest: SSHA }), person('bruno', { structure: 'Nowhere' })];
    const hash = jest.spyOn(app.get(PasswordHashingService), 'take');
    const dry = await take(people, { confirm: false });
    expect(hash).not.toHaveBeenCalled();
    expect(await rows('SELECT * FROM account')).toEqual([]);
    expect(await rows('SELECT * FROM auditEvent')).toEqual([]);
    expect(await take(people)).toEqual(dry);
    hash.mockRestore();
  });

  it('are recorded: one line for a batch, one for each account that is completed, none for a run without effect', async () => {
    await take([
      person('anna', { structure: 'Hôpital Nord' }),
      person('root', { roles: ['national-admin'] }),
    ]);
    const moved = { subject: 'people_moved_in', taken: 1, merged: 0, skipped: 0, refused: 1 };
    const journal = async () => {
      const found = await rows<{ name: string; data: string }>(
        'SELECT name, data FROM auditEvent ORDER BY id',
      );
      return found.map(({ name, data }) => ({ subject: name, ...(JSON.parse(data) as object) }));
    };
    expect(await journal()).toEqual([{ ...moved, by: 'command-line', lines: '1–2' }]);
    await take([person('anna', { memberships: [{ structure: 'Le Port' }] })]);
    expect(await journal()).toMatchObject([
      moved,
      { subject: 'membership_opened', roles: ['professional'] },
      { subject: 'people_moved_in', taken: 0, merged: 1 },
    ]);
    await take([person('anna')]);
    expect(await journal()).toHaveLength(3);
  });

  it('leave no account without its line in the journal', async () => {
    await app.get(DataSource).query('ALTER TABLE auditEvent RENAME TO hiddenEvent');
    try {
      await expect(take([person('anna')])).rejects.toThrow();
    } finally {
      await app.get(DataSource).query('ALTER TABLE hiddenEvent RENAME TO auditEvent');
    }
    expect(await rows('SELECT * FROM account')).toEqual([]);
    expect(await rows('SELECT * FROM accountTerm')).toEqual([]);
  });

  const CROWD = Array.from({ length: 1_203 }, (_, index) =>
    person(`person.${index}`, { structure: 'Hôpital Nord', nationalId: String(10_000_000_000 + index) }),
  );

  it('are taken once by sixteen runs at once', async () => {
    const few = CROWD.slice(0, 520);
    const { results, errors } = await concurrently(16, () => take(few));
    expect(errors).toEqual([]);
    const taken = results.flat().filter(({ outcome }) => outcome === 'taken');
    expect(taken).toHaveLength(few.length);
    expect(await countOf('account')).toBe(few.length);
    expect(await countOf('membership')).toBe(few.length);
  }, 120_000);

  it('are all there, once, after a run was killed between two batches, and a third run changes nothing', async () => {
    await take(CROWD, { batches: 1 });
    expect(await countOf('account')).toBe(500);
    const again = outcomes(await take(CROWD));
    expect(again.slice(0, 500)).toEqual(Array(500).fill('skipped unchanged'));
    expect(again.slice(500)).toEqual(Array(703).fill('taken'));
    const before = await rows('SELECT * FROM account ORDER BY id');
    expect(new Set(outcomes(await take(CROWD)))).toEqual(new Set(['skipped unchanged']));
    expect(await rows('SELECT * FROM account ORDER BY id')).toEqual(before);
    expect(before).toHaveLength(CROWD.length);
  }, 120_000);

  describe('by the command', () => {
    let folder: string;
    const inFolder = (name: string) => join(folder, name);

    beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'portillon-move-in-'))));
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    async function command(text: string, options: Partial<MoveInCommand> = {}, name = 'people.jsonl') {
      writeFileSync(inFolder(name), text);
      const environment = jest.replaceProperty(process, 'env', testEnvironment(bench.url));
      const log = jest.spyOn(console, 'log').mockReturnValue();
      try {
        await moveIn(inFolder(name), { report: inFolder('report.csv'), language: 'fr', ...options });
        return log.mock.calls.map(([line]) => String(line)).join('\n');
      } finally {
        log.mockRestore();
        environment.restore();
      }
    }
    const lines = (...people: Fields[]) => people.map((one) => JSON.stringify(one)).join('\n');

    it('reports first, in the language of the reader, and does it when confirmed', async () => {
      const file = lines(
        person('anna', { passwordDigest: BCRYPT }),
        person('bruno', { structure: '=Nowhere' }),
      );
      const dry = await command(file);
      expect(dry).toContain('1 taken, 0 merged, 0 skipped, 1 refused.');
      expect(dry).toContain('Passwords of those taken: 1 bcrypt. Proved numbers: 0.');
      expect(dry).toContain('run it again with --confirm');
      expect(await rows('SELECT * FROM account')).toEqual([]);
      const report = readFileSync(inFolder('report.csv'), 'utf8');
      expect(report.split('\r\n').slice(1, 3)).toEqual([
        '1;"anna";"taken";""',
        '2;"bruno";"refused";"Aucune structure «\u00a0=Nowhere\u00a0» n’est enregistrée."',
      ]);
      expect(report).not.toContain('$2b$');
      expect(statSync(inFolder('report.csv')).mode & 0o077).toBe(0);
      expect(await command(file, { confirm: true, language: 'en' })).toContain('Moved in: 2 people read');
      expect((await find('anna')).status).toBe('ACTIVE');
    });

    it('does nothing with a file that is cut off, and names the line', async () => {
      const file = `${lines(...CROWD.slice(0, 600))}\n{"username":"x`;
      await expect(command(file, { confirm: true, language: 'en' })).rejects.toThrow(
        /people\.jsonl, line 601: This is not valid JSON\. Nothing was done\.$/,
      );
      expect(await rows('SELECT * FROM account')).toEqual([]);
    });

    it('refuses what it cannot read, and to replace the file by the report', async () => {
      await expect(command('', {}, 'people.txt')).rejects.toThrow('add --format');
      await expect(command('', { report: inFolder('people.jsonl') })).rejects.toThrow('replace the file');
      await expect(command('', { structures: inFolder('none.csv') })).rejects.toThrow(
        'cannot be read (ENOENT)',
      );
      await expect(moveIn('-', { report: 'x', language: 'fr', format: 'csv' })).rejects.toThrow('read twice');
    });
  });
});
