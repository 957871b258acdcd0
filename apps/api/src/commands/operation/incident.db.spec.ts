import type { INestApplicationContext } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { StructureService } from '@portillon/structure';
import { concernedCsv, IncidentService } from '@portillon/administration-setup';
import { AuditService } from '@portillon/audit';
import { PasswordHashingService } from '@portillon/credential';
import { addMilliseconds, SystemClock } from '@portillon/kernel';
import { NoticeService } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import { PendingSignInService, SessionService, TrustedDeviceService } from '@portillon/session';
import { describeOnEveryEngine, statementsOf } from '@portillon/testing';
import { DataSource } from 'typeorm';
import { PERSISTENCE_PARTS } from '../../persistence-parts';
import { openTestContext } from '../testing/test-context';

const PASSWORD = 'velours-gravier-tulipe';
const REASON = 'Cookies volés sur un poste';
const firefox = { userAgent: 'Firefox', address: '192.0.2.1' };

describeOnEveryEngine('an incident, answered by the command line', PERSISTENCE_PARTS, (bench) => {
  let app: INestApplicationContext;
  let digest: string;
  let north: string;

  beforeAll(async () => {
    app = await openTestContext(bench.url);
    digest = await app.get(PasswordHashingService).hash(PASSWORD);
  }, 60_000);
  beforeEach(async () => {
    await bench.empty();
    const made = await app.get(StructureService).create('Hôpital Nord');
    north = made.status === 'created' ? made.structure.id : '';
  });
  afterAll(() => app.close());

  const inOne: Transactions['run'] = (work) => app.get(Transactions).run(work);
  const rows = (sql: string) => app.get(DataSource).query<Record<string, unknown>[]>(sql);
  const incident = () => app.get(IncidentService);

  async function person(
    username: string,
    structureId: string | null = north,
    role = 'professional',
  ): Promise<string> {
    const draft = {
      username,
      email: `${username}@hopital.example`,
      displayName: username,
      roles: [role],
      locale: 'fr',
      structureId,
      status: 'ACTIVE',
      passwordDigest: digest,
    } as const;
    const made = await inOne((tx) =>
      app.get(AccountService).create({ ...draft, roles: [...draft.roles] }, tx),
    );
    return made.status === 'created' ? made.account.id : '';
  }

  /** A session, in a browser that is remembered. */
  async function signedIn(accountId: string): Promise<string> {
    const now = new SystemClock().now();
    return inOne(async (tx) => {
      await app.get(TrustedDeviceService).remember({ accountId, codeAcceptedAt: now, device: firefox }, tx);
      const principal = { accountId, username: 'x', displayName: 'x', roles: [], structure: null };
      const proof = { means: 'password', acr: null, amr: ['pwd'], codeAcceptedAt: now } as const;
      const request = { ...proof, amr: [...proof.amr], codeValidUntilAt: null, browserId: null };
      const opened = await app.get(SessionService).open({ ...request, principal, device: firefox }, tx);
      return opened.token;
    });
  }

  const isOpen = async (token: string) => (await app.get(SessionService).find(token)) !== undefined;

  it('ends all sessions and remembered browsers, and records the reason in the journal', async () => {
    const [claire, paul] = [await person('claire'), await person('paul', null)];
    const tokens = [await signedIn(claire), await signedIn(claire), await signedIn(paul)];
    expect(await incident().endSessions({ reason: REASON })).toEqual({ sessions: 3, browsers: 3 });
    expect(await Promise.all(tokens.map(isOpen))).toEqual([false, false, false]);
    expect(await app.get(TrustedDeviceService).list(claire)).toEqual([]);
    const ends = await rows('SELECT DISTINCT endReason FROM session');
    expect(ends).toEqual([{ endReason: 'incident' }]);
    expect(await rows('SELECT name, outcome, reason, structureId FROM auditEvent')).toEqual([
      { name: 'incident_sessions_ended', outcome: 'SUCCESS', reason: REASON, structureId: null },
    ]);
  });

  it('ends those of one structure alone', async () => {
    const [claire, paul] = [await person('claire'), await person('paul', null)];
    const [ofNorth, ofNone] = [await signedIn(claire), await signedIn(paul)];
    const ended = await incident().endSessions({ structureId: north, reason: REASON });
    expect(ended).toEqual({ sessions: 1, browsers: 1 });
    expect([await isOpen(ofNorth), await isOpen(ofNone)]).toEqual([false, true]);
    expect(await rows('SELECT structureId FROM auditEvent')).toEqual([{ structureId: north }]);
  });

  it('asks few statements, however many people there are', async () => {
    for (let index = 0; index < 12; index += 1) await signedIn(await person(`person-${index}`));
    const asked = await statementsOf(app.get(DataSource), () => incident().endSessions({ reason: REASON }));
    expect(asked.length).toBeLessThan(20);
  });

  it.each(['endSessions', 'renewPasswords'] as const)(
    'does not begin where no national administrator can be notified: %s',
    async (act) => {
      await person('ines', null, 'national-admin');
      const claire = await person('claire');
      const token = await signedIn(claire);
      await bench.dataSource.query('ALTER TABLE notice RENAME TO noticeAway');
      try {
        await expect(incident()[act]({ reason: REASON })).rejects.toThrow('notice');
      } finally {
        await bench.dataSource.query('ALTER TABLE noticeAway RENAME TO notice');
      }
      expect(await rows('SELECT name FROM auditEvent')).toEqual([]);
      expect(await isOpen(token)).toBe(true);
      const { passwordDigest } = (await app.get(AccountService).get(claire))!;
      expect(await app.get(PasswordHashingService).verify(passwordDigest, PASSWORD)).toBe(true);
    },
  );

  it('takes passwords until each person chooses another, whose former one opens nothing', async () => {
    const [claire, paul] = [await person('claire'), await person('paul', null)];
    const accounts = app.get(AccountService);
    const before = (await accounts.getForSignIn(claire))!;
    expect(await incident().renewPasswords({ structureId: north, reason: REASON })).toBe(1);

    const matches = async (id: string, password: string) =>
      app.get(PasswordHashingService).verify((await accounts.get(id))!.passwordDigest, password);
    expect([await matches(claire, PASSWORD), await matches(paul, PASSWORD)]).toEqual([false, true]);
    // A sign-in that had proved the former one just before.
    expect(await inOne((tx) => accounts.lockForUpdate(before, tx))).toBeUndefined();
    expect(await rows('SELECT subjectId, kind FROM notice')).toEqual([
      { subjectId: claire, kind: 'password-renewal' },
    ]);
    expect(await rows('SELECT name, reason FROM auditEvent')).toEqual([
      { name: 'incident_passwords_renewed', reason: REASON },
    ]);

    expect(await incident().renewPasswords({ reason: REASON })).toBe(1);
    const chosen = await app.get(PasswordHashingService).hash('un autre mot de passe');
    expect(await inOne((tx) => accounts.resetPassword(claire, chosen, tx))).toBe(true);
    expect(await matches(claire, 'un autre mot de passe')).toBe(true);
  });

  describe('as national administrators decided it', () => {
    const national = (username: string) => person(username, null, 'national-admin');
    const decide = (...usernames: string[]) => app.get(IncidentService).checkDeciders(usernames);
    const inHand = () => inOne((tx) => app.get(NoticeService).takeDue(10, tx));

    it('needs two where there are two, and notifies each national administrator that the operator names', async () => {
      const [ines, louis, marc] = [await national('ines'), await national('louis'), await national('marc')];
      await person('claire');
      const decision = await decide('Ines', 'louis');
      expect(decision).toMatchObject({ status: 'decided', deciders: [{ id: ines }, { id: louis }] });
      const { deciders } = decision as Extract<typeof decision, { status: 'decided' }>;
      await incident().endSessions({ structureId: north, reason: REASON, deciders });
      const told = await inHand();
      expect(told.map((one) => one.subjectId).sort()).toEqual([ines, louis, marc].sort());
      for (const { kind, details } of told)
        expect({ kind, ...details }).toEqual({
          kind: 'incident-sessions-ended',
          structure: 'Hôpital Nord',
          deciders: ['ines', 'louis'],
        });
      const [line] = await rows('SELECT data FROM auditEvent');
      expect(JSON.parse(line!['data'] as string)).toEqual({ by: 'command-line', decidedBy: [ines, louis] });
    });

    it.each([
      ['the same one twice', ['ines', 'INES'], { status: 'too-few', wanted: 2 }],
      ['one alone', ['ines'], { status: 'too-few', wanted: 2 }],
      ['nobody', [], { status: 'too-few', wanted: 2 }],
      [
        'an administrator of a structure',
        ['ines', 'nadia'],
        { status: 'not-administrator', username: 'nadia' },
      ],
      ['one whose account is closed', ['ines', 'gone'], { status: 'not-administrator', username: 'gone' }],
      ['a name that no account bears', ['ines', 'x'], { status: 'not-administrator', username: 'x' }],
    ])('does not take for two: %s', async (_who, usernames, decision) => {
      await Promise.all([national('ines'), national('louis'), person('nadia', north, 'structure-admin')]);
      await national('gone');
      await rows("UPDATE account SET status = 'DEACTIVATED' WHERE username = 'gone'");
      expect(await decide(...usernames)).toEqual(decision);
    });

    it('accepts the only one that there is, and needs none where there is none', async () => {
      expect(await decide()).toEqual({ status: 'decided', deciders: [] });
      const ines = await national('ines');
      expect(await decide()).toEqual({ status: 'too-few', wanted: 1 });
      expect(await decide('ines')).toMatchObject({ status: 'decided', deciders: [{ id: ines }] });
    });

    it('notifies them of renewed passwords before the first one is taken', async () => {
      const ines = await national('ines');
      await incident().renewPasswords({ reason: REASON });
      const told = (await inHand()).filter(({ kind }) => kind === 'incident-passwords-renewed');
      expect(told.map((one) => one.subjectId)).toEqual([ines]);
    });
  });

  it('leaves who has no password yet to their invitation', async () => {
    const invited = await person('claire');
    await rows("UPDATE account SET passwordDigest = NULL, status = 'INVITED'");
    expect(await incident().renewPasswords({ reason: REASON })).toBe(0);
    expect((await app.get(AccountService).get(invited))!.passwordDigest).toBeNull();
  });

  it.each(['endSessions', 'renewPasswords'] as const)('ends a sign-in in progress: %s', async (act) => {
    const accountId = await person('claire');
    const principal = { accountId, username: 'claire', displayName: 'claire', roles: [], structure: null };
    const started = { principal, means: 'password', amr: ['pwd'], browserId: null } as const;
    await inOne((tx) => app.get(PendingSignInService).start({ ...started, amr: [...started.amr] }, tx));
    await incident()[act]({ reason: REASON });
    expect(await rows('SELECT id FROM signIn WHERE endedAt IS NULL')).toEqual([]);
    expect(await rows('SELECT id FROM signIn')).toHaveLength(1);
  });

  it('lists who signed in or failed to, from a block, and that it was read', async () => {
    const [claire, paul] = [await person('claire'), await person('paul', null)];
    const audit = app.get(AuditService);
    const from = new SystemClock().now();
    const noted = (
      accountId: string | null,
      address: string,
      event: { name: 'authn_login_success' | 'authn_login_fail' | 'user_created'; outcome?: 'FAILURE' },
    ) =>
      audit.record({ outcome: 'SUCCESS', ...event, accountId, address } as Parameters<
        typeof audit.record
      >[0]);
    await noted(claire, '192.0.2.7', { name: 'authn_login_fail', outcome: 'FAILURE' });
    await noted(claire, '192.0.2.8', { name: 'authn_login_success' });
    await noted(claire, '198.51.100.1', { name: 'authn_login_success' });
    await noted(claire, '192.0.2.9', { name: 'user_created' });
    await noted(paul, '198.51.100.1', { name: 'authn_login_success' });
    await noted(null, '192.0.2.7', { name: 'authn_login_fail', outcome: 'FAILURE' });
    const to = addMilliseconds(new SystemClock().now(), 1_000);

    const concerned = app.get(IncidentService);
    const ofBlock = await concerned.affectedAccounts({ from, to, address: '192.0.2.0/24' });
    expect(ofBlock).toMatchObject({
      people: [
        {
          id: claire,
          username: 'claire',
          structure: 'Hôpital Nord',
          signIns: 1,
          failures: 1,
          addresses: ['192.0.2.8', '192.0.2.7'],
        },
      ],
      unknownNames: 1,
    });
    const { people } = await concerned.affectedAccounts({ from, to });
    expect(people.map(({ id }) => id)).toEqual([paul, claire]);
    expect(people[1]).toMatchObject({ signIns: 2, failures: 1 });
    expect(people[1]!.firstAt <= people[1]!.lastAt).toBe(true);
    expect(
      (await concerned.affectedAccounts({ from: addMilliseconds(from, -9_000), to: from })).people,
    ).toEqual([]);
    expect(concernedCsv(people)).toContain(`"${paul}";"paul";"paul";;1;0;"`);
    const [read] = await rows("SELECT data FROM auditEvent WHERE name = 'sensitive_read'");
    expect(JSON.parse(read!['data'] as string)).toMatchObject({
      by: 'command-line',
      addressBlock: '192.0.2.0/24',
      from: from.toISOString(),
    });
  });
});
