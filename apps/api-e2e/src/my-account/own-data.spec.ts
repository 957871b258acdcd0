import { bearer, Machines } from '../harness/server/machine';
import { RelyingParty } from '../harness/applications/relying-party';
import { QUICK, STRUCTURE, useStage } from '../harness/server/stage';

const MINUTE = 60_000;

const stage = useStage(QUICK);

describe('my data', () => {
  it('are everything that is kept of me, as a file, and no secret among it', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await claire.setUpPhone(browser);
    await stage.server.advance(MINUTE / 2 + 1_000);
    await claire.mailAbout('nouveau navigateur');
    const answer = await browser.get('/api/account/data');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-disposition']).toBe('attachment; filename="portillon-mes-donnees.json"');
    expect(answer.headers['cache-control']).toContain('no-store');
    expect(answer.body.account).toMatchObject({
      username: claire.username,
      email: claire.email,
      displayName: claire.displayName,
      structure: { name: 'Hôpital des Trois Dames' },
    });
    expect(answer.body.sessions).toHaveLength(1);
    expect(answer.body.browsers.length).toBeGreaterThan(0);
    const names = answer.body.activity.map((one: { name: string }) => one.name);
    expect(names).toEqual(expect.arrayContaining(['authn_login_success', 'phone_changed', 'phone_verified']));
    const kinds = answer.body.messages.map((one: { kind: string }) => one.kind);
    expect(kinds).toEqual(expect.arrayContaining(['code.sign-in', 'notice.new-browser']));
    const [session, remembered] = ['portillon_session', 'portillon_browser'].map(
      (name) => browser.cookies.get(name)!.split('.')[1]!,
    );
    for (const secret of [claire.mobile, claire.mobile.slice(4), session!, remembered!, 'argon2', 'Digest'])
      expect(answer.text).not.toContain(secret);
  });

  it('list the applications that I entered, with their present state', async () => {
    const agenda = await RelyingParty.register(stage);
    const { person, browser } = await stage.signedIn();
    await agenda.enter(browser);
    expect((await browser.delete(`/api/account/applications/${agenda.id}`)).status).toBe(204);
    const { body, text } = await browser.get('/api/account/data');
    expect(body.applications).toEqual([
      {
        applicationId: agenda.id,
        name: expect.any(String),
        sessionId: body.sessions[0].id,
        enteredAt: expect.any(String),
        lastUsedAt: expect.any(String),
        endedAt: expect.any(String),
      },
    ]);
    const sid = await stage.database.row<{ sid: string; grantId: string }>(
      'SELECT sid, grantId FROM openidSessionClient WHERE accountId = ?',
      [person.id],
    );
    for (const secret of [sid!.sid, sid!.grantId]) expect(text).not.toContain(secret);
    const left = body.activity.find((one: { name: string }) => one.name === 'application_left');
    expect(left.details).toEqual({ application: agenda.id });
  });

  it('are visible to me only', async () => {
    const [claire, paul] = [await stage.person(), await stage.person()];
    await paul.signIn(stage.visitor());
    const browser = stage.visitor();
    await claire.signIn(browser);
    const { text } = await browser.get('/api/account/data');
    for (const word of [paul.id, paul.username, paul.email]) expect(text).not.toContain(word);
  });

  it('need a fresh proof: the screen may be a shared one', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await stage.server.advance(6 * MINUTE);
    expect((await browser.get('/api/account/data')).outcome).toBe('401 reauthentication.required');
  });

  it('hold people with the oddest names', async () => {
    const claire = await stage.person();
    const name = `O'Brien "Zoé" <b> =1+1 ${'é'.repeat(40)} 👩‍⚕️`;
    await stage.database.execute('UPDATE account SET displayName = ? WHERE id = ?', [name, claire.id]);
    const browser = stage.visitor();
    await claire.signIn(browser);
    expect((await browser.get('/api/account/data')).body.account.displayName).toBe(name);
  });
});

describe('the data of a person who cannot sign in', () => {
  const WHY = { reason: 'Lettre recommandée' };
  const pathOf = ({ id }: { id: string }) => `/api/admin/accounts/${id}/data`;
  const linesOf = async ({ id }: { id: string }) => {
    const sql = "SELECT actorId, reason, data FROM auditEvent WHERE name = 'data_exported' AND accountId = ?";
    return stage.database.rows<{ actorId: string | null; reason: string; data: string | null }>(sql, [id]);
  };

  it('are given by an administrator, for a reason that the journal keeps, and no secret among them', async () => {
    const { person, browser } = await stage.signedIn();
    await person.setUpPhone(browser);
    const admin = await stage.signedIn({ role: 'structure-admin' });
    await admin.browser.post(`/api/admin/accounts/${person.id}/deactivate`, {});
    const answer = await admin.browser.post(pathOf(person), WHY);
    expect([answer.status, answer.headers['content-disposition']]).toEqual([
      200,
      'attachment; filename="portillon-donnees.json"',
    ]);
    expect(answer.headers['cache-control']).toContain('no-store');
    expect(answer.body.account).toMatchObject({ email: person.email, closedAt: expect.any(String) });
    expect(answer.body.sessions).toHaveLength(1);
    const session = browser.cookies.get('portillon_session')!.split('.')[1]!;
    for (const secret of [person.mobile, person.mobile.slice(4), session, 'argon2', 'Digest'])
      expect(answer.text).not.toContain(secret);
    expect(await linesOf(person)).toEqual([
      expect.objectContaining({ actorId: admin.person.id, reason: WHY.reason }),
    ]);
  });

  it.each([
    ['a person for another', 'professional', '403 permission.denied'],
    ['an auditor', 'auditor', '403 permission.denied'],
  ] as const)('are not given to %s', async (_, role, outcome) => {
    const person = await stage.person();
    const { browser } = await stage.signedIn({ role });
    expect((await browser.post(pathOf(person), WHY)).outcome).toBe(outcome);
    expect(await linesOf(person)).toEqual([]);
  });

  it('are not given to a machine, to an administrator of another structure, nor without a reason', async () => {
    const machines = new Machines(stage);
    await machines.open();
    const [person, foreign] = [await stage.person(), await stage.person({ structureId: null })];
    const directory = await machines.service(STRUCTURE.id);
    const byMachine = await stage.visitor().post(pathOf(person), WHY, bearer(machines.token(directory)));
    expect(byMachine.outcome).toBe('403 permission.denied');
    const { browser } = await stage.signedIn({ role: 'structure-admin' });
    expect((await browser.post(pathOf(foreign), WHY)).outcome).toBe('404 not-found');
    for (const body of [{}, { reason: '' }, { reason: '  ' }])
      expect((await browser.post(pathOf(person), body)).outcome).toBe('422 validation.failed');
    await stage.server.advance(6 * MINUTE);
    expect((await browser.post(pathOf(person), WHY)).outcome).toBe('401 reauthentication.required');
    expect([await linesOf(person), await linesOf(foreign)]).toEqual([[], []]);
  });

  it('are printed by the command line, for a reason that the journal keeps', async () => {
    const person = await stage.person();
    const args = ['account', 'export', person.username];
    const { stdout } = await stage.command([...args, '--reason', 'Lettre au délégué']);
    const data = JSON.parse(stdout) as { account: { email: string }; applications: unknown[] };
    expect([data.account.email, data.applications]).toEqual([person.email, []]);
    expect(stdout).not.toContain('argon2');
    const [line] = await linesOf(person);
    expect(line).toMatchObject({ actorId: null, reason: 'Lettre au délégué' });
    expect(JSON.parse(line!.data!)).toEqual({ by: 'command-line' });
    expect(await stage.command(args)).toMatchObject({ code: 1 });
    expect(await linesOf(person)).toHaveLength(1);
  });
});

describe('the request for erasure', () => {
  it('is made with a fresh proof, once, and taken back', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    expect((await browser.get('/api/account')).body.erasureRequestedAt).toBeNull();
    const first = await browser.post('/api/account/erasure-request');
    expect(first.body.erasureRequestedAt).toMatch(/^\d{4}-/);
    await stage.server.advance(MINUTE);
    const again = await browser.post('/api/account/erasure-request');
    expect(again.body.erasureRequestedAt).toBe(first.body.erasureRequestedAt);
    await stage.server.advance(6 * MINUTE);
    expect((await browser.post('/api/account/erasure-request')).outcome).toBe(
      '401 reauthentication.required',
    );
    const back = await browser.delete('/api/account/erasure-request');
    expect([back.status, back.body.erasureRequestedAt]).toEqual([200, null]);
    const names = (await browser.get('/api/account/activity')).body.items.map(
      (one: { name: string }) => one.name,
    );
    expect(names.filter((one: string) => one.startsWith('erasure'))).toEqual([
      'erasure_withdrawn',
      'erasure_requested',
    ]);
  });
});
