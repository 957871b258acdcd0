import { eventually } from '../harness/server/eventually';
import { bearer, Machines } from '../harness/server/machine';
import { Person } from '../harness/people/person';
import { QUICK, STRUCTURE, useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const HOUR = 3_600_000;
const TOLD = 'votre compte va être effacé';
const WISH = { receivedOn: '2026-01-20', reason: 'Lettre recommandée' };

describe('erasing a person who asked by letter', () => {
  const stage = useStage(QUICK);
  let machines: Machines;
  let hugo: Visitor;
  let nadia: Visitor;

  beforeAll(async () => {
    machines = new Machines(stage);
    await machines.open();
  });

  beforeEach(async () => {
    [hugo, nadia] = await Promise.all([
      stage.signedIn({ role: 'structure-admin' }).then(({ browser }) => browser),
      stage.signedIn({ role: 'structure-admin' }).then(({ browser }) => browser),
    ]);
  }, 30_000);

  const pathOf = ({ id }: Pick<Person, 'id'>) => `/api/admin/accounts/${id}`;
  const ask = (person: Pick<Person, 'id'>, browser = hugo, wish: object = WISH) =>
    browser.post(`${pathOf(person)}/request-erasure`, wish);
  const seen = async (person: Pick<Person, 'id'>, browser: Visitor) => {
    const { body } = await browser.get(pathOf(person));
    return { headers: { 'if-match': `"${String(body.version)}"` } };
  };
  const confirm = async (person: Pick<Person, 'id'>, browser: Visitor) =>
    browser.post(`${pathOf(person)}/pending-changes/erasure/confirm`, {}, await seen(person, browser));
  const linesOf = async ({ id }: Pick<Person, 'id'>) => {
    const sql = `SELECT name, reason, data FROM auditEvent
      WHERE accountId = ? AND (name LIKE 'account_change%' OR name = 'user_deleted') ORDER BY id`;
    return stage.database.rows<{ name: string; reason: string | null; data: string }>(sql, [id]);
  };
  const namesOf = async (person: Pick<Person, 'id'>) => (await linesOf(person)).map(({ name }) => name);
  const emailOf = async ({ id }: Pick<Person, 'id'>) =>
    (await stage.database.row<{ email: string }>('SELECT email FROM account WHERE id = ?', [id]))!.email;

  it('hears of it at once, and is erased when a second administrator confirms, with the reason in the journal', async () => {
    const { person, browser } = await stage.signedIn();
    const asked = await ask(person);
    expect(asked.body).toMatchObject({
      email: person.email,
      pendingChanges: [
        {
          kind: 'erasure',
          value: WISH.receivedOn,
          reason: WISH.reason,
          requestedBy: { displayName: expect.any(String) },
        },
      ],
    });
    expect(await person.mailAbout(TOLD)).toContain('tout administrateur peut encore annuler');
    expect((await confirm(person, hugo)).outcome).toBe('409 act.on-own-request');
    expect((await browser.get('/api/session')).status).toBe(200);

    const erased = await confirm(person, nadia);
    expect(erased.body).toMatchObject({ status: 'DEACTIVATED', email: '', pendingChanges: [] });
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    for (const table of ['account', 'accountTerm', 'session', 'pendingChange', 'notice'])
      expect(JSON.stringify(await stage.database.rows(`SELECT * FROM ${table}`))).not.toContain(
        person.username,
      );
    const lines = await linesOf(person);
    expect(lines.map(({ name }) => name).sort()).toEqual([
      'account_change_confirmed',
      'account_change_requested',
      'user_deleted',
    ]);
    const deleted = lines.find(({ name }) => name === 'user_deleted')!;
    expect([deleted.reason, JSON.parse(deleted.data)]).toEqual([
      WISH.reason,
      { receivedOn: WISH.receivedOn },
    ]);
    expect((await ask(person)).outcome).toBe('409 account.state');
  });

  it('leaves each other structure, in its own journal, so that its applications delete their data', async () => {
    const person = await stage.person();
    const clinic = await stage.structure();
    await stage.member(person.id, clinic);
    await ask(person);
    await confirm(person, nadia);
    const sql = "SELECT structureId FROM auditEvent WHERE accountId = ? AND name = 'membership_ended'";
    expect(await stage.database.rows(sql, [person.id])).toEqual([{ structureId: clinic }]);
    expect(await stage.database.rows('SELECT * FROM membership WHERE accountId = ?', [person.id])).toEqual(
      [],
    );
  });

  // Before the tests that move the server's clock: the key of the machines is retired, and forgotten in a day.
  it('is never erased by a machine, nor on its confirmation', async () => {
    const directory = await machines.service(STRUCTURE.id);
    const person = await stage.person();
    const byMachine = (act: string, body: object, headers: Record<string, string> = {}) =>
      stage.visitor().post(`${pathOf(person)}/${act}`, body, bearer(machines.token(directory), headers));
    expect((await byMachine('request-erasure', WISH)).outcome).toBe('403 permission.denied');
    await ask(person);
    const { headers } = await seen(person, nadia);
    expect((await byMachine('pending-changes/erasure/confirm', {}, headers)).outcome).toBe(
      '403 permission.denied',
    );
    expect(await emailOf(person)).toBe(person.email);
  });

  it('is erased after 24 hours where no second administrator comes, though the account is closed', async () => {
    const person = await stage.person();
    await hugo.post(`${pathOf(person)}/deactivate`, {});
    await ask(person);
    await person.mailAbout(TOLD);
    await stage.server.advance(23 * HOUR);
    expect(await emailOf(person)).toBe(person.email);
    await stage.server.advance(2 * HOUR);
    await eventually('the erasure', async () => (await emailOf(person)) === '');
    expect(await namesOf(person)).toEqual(expect.arrayContaining(['account_change_applied', 'user_deleted']));
  });

  it('is not erased when an administrator cancels, nor by a confirmation of an older request', async () => {
    const person = await stage.person();
    await ask(person);
    const before = await seen(person, nadia);
    await ask(person, hugo, { ...WISH, reason: 'Une autre lettre' });
    const stale = await nadia.post(`${pathOf(person)}/pending-changes/erasure/confirm`, {}, before);
    expect(stale.outcome).toBe('412 precondition.failed');
    const cancelled = await nadia.post(`${pathOf(person)}/pending-changes/erasure/cancel`, {
      reason: 'Pas de son fait',
    });
    expect(cancelled.body.pendingChanges).toEqual([]);
    expect((await confirm(person, nadia)).outcome).toBe('409 account.state');
    expect(await emailOf(person)).toBe(person.email);
  });

  it.each([
    ['no reason', { receivedOn: '2026-01-20' }],
    ['a blank reason', { ...WISH, reason: '  ' }],
    ['a day to come', { ...WISH, receivedOn: '2999-01-01' }],
    ['no day', { reason: 'Lettre' }],
  ])('is not erased with %s', async (_, wish) => {
    const person = await stage.person();
    expect((await ask(person, hugo, wish)).outcome).toBe('422 validation.failed');
    expect(await namesOf(person)).toEqual([]);
  });

  it('cannot be erased by their own act or by an administrator of another structure', async () => {
    const own = await hugo.get('/api/account');
    expect((await ask({ id: own.body.id as Person['id'] })).outcome).toBe('409 act.on-self');
    const foreign = await stage.person({ structureId: null });
    expect((await ask(foreign)).outcome).toBe('404 not-found');
    const colleague = await stage.signedIn();
    expect((await ask(foreign, colleague.browser)).outcome).toBe('403 permission.denied');
  });

  it('who administers does not confirm the own erasure, but may cancel it', async () => {
    const { person, browser } = await stage.signedIn({ role: 'structure-admin' });
    await ask(person);
    expect((await confirm(person, browser)).outcome).toBe('409 act.on-self');
    const cancelled = await browser.post(`${pathOf(person)}/pending-changes/erasure/cancel`, {});
    expect(cancelled.body.pendingChanges).toEqual([]);
  });

  it('is erased by the command line, with its reason, once it was said whom it is about', async () => {
    const person = await stage.person();
    const args = ['account', 'erase', person.username, '--reason', 'Lettre au délégué'];
    const first = await stage.command(args);
    expect(first).toMatchObject({ code: 1 });
    expect(first.output).toContain('run it again with --yes');
    const future = await stage.command([...args, '--received', '2999-01-01', '--yes']);
    expect(future.output).toContain('must be a day that has come');
    expect(await emailOf(person)).toBe(person.email);
    expect((await stage.command([...args, '--received', '2026-01-20', '--yes'])).output).toContain('Erased');
    expect(await emailOf(person)).toBe('');
    const [line] = await linesOf(person);
    expect([line!.name, line!.reason, JSON.parse(line!.data)]).toEqual([
      'user_deleted',
      'Lettre au délégué',
      { by: 'command-line', receivedOn: '2026-01-20' },
    ]);
    expect((await stage.command([...args, '--yes'])).output).toContain('No account named');
  });
});

describe('an account that has been closed for long', () => {
  const stage = useStage({ environment: { ...QUICK.environment, ACCOUNT_RETENTION_MONTHS: '3' } });
  const DAY = 24 * HOUR;
  const DUE = 'votre compte désactivé va être effacé';
  const emailOf = async ({ id }: Person) =>
    (await stage.database.row<{ email: string }>('SELECT email FROM account WHERE id = ?', [id]))!.email;

  it('is announced 30 days before, listed with the day, erased on it, and kept when it is opened again', async () => {
    const national = { role: 'national-admin', structureId: null } as const;
    const { person: administrator, browser: before } = await stage.signedIn(national);
    const [gone, back] = [await stage.person(), await stage.person()];
    const act = (person: Person, name: string, browser: Visitor) =>
      browser.post(`/api/admin/accounts/${person.id}/${name}`, {});
    for (const person of [gone, back])
      expect((await act(person, 'deactivate', before)).body.closedAt).toEqual(expect.any(String));
    await stage.server.advance(62 * DAY);
    expect(await gone.mailAbout(DUE)).toContain('administrateur de votre structure');
    await back.mailAbout(DUE);

    const browser = stage.visitor();
    await administrator.signIn(browser);
    const { body } = await browser.get('/api/admin/accounts?only=ERASURE_DUE');
    const due = (body.items as { id: string; erasureDueAt: string }[]).map((one) => one.id);
    expect(due.sort()).toEqual([gone.id, back.id].sort());
    expect(body.items[0].erasureDueAt).toEqual(expect.any(String));
    const opened = await act(back, 'reactivate', browser);
    expect(opened.body).toMatchObject({ status: 'ACTIVE', closedAt: null, erasureDueAt: null });

    await stage.server.advance(31 * DAY);
    await eventually('the erasure', async () => (await emailOf(gone)) === '');
    expect(await emailOf(back)).toBe(back.email);
    const sql = "SELECT accountId, reason FROM auditEvent WHERE name = 'user_deleted'";
    expect(await stage.database.rows(sql)).toEqual([{ accountId: gone.id, reason: 'closed-for-long' }]);
    expect(gone.notices().filter((subject) => subject.includes(DUE))).toHaveLength(1);
  });
});

describe('the last national administrator', () => {
  const stage = useStage(QUICK);

  it('is erased by no other and by no command', async () => {
    const { person } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const args = ['account', 'erase', person.username, '--reason', 'Lettre', '--yes'];
    const refused = await stage.command(args);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.output).toContain('It is the last national administrator');
  });
});
