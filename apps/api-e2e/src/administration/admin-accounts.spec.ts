import { mailTo } from '../harness/people/mail-to';
import { STRUCTURE, useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const NAMES = [
  ...[`O'Brien "Zoé" <b>`, '=1+1', '@SUM(A1)'],
  ...['أحمد ابن سينا', 'Claire \u200Fمارتن\u200E Martin'],
  'Zoé 👩🏽‍⚕️ Martin',
  'Jean-Noël d’Alembert',
];
const FORMULA_CELL = /(^|;)"[=+\-@]/m;

describe('an administrator', () => {
  const stage = useStage();
  let national: Visitor;
  let count = 0;

  beforeAll(async () => {
    national = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  }, 30_000);

  const draft = (changes: object = {}) => {
    const username = `person.${count++}.${stage.server.port}`;
    return { username, email: `${username}@hopital.example`, displayName: 'Claire Martin', ...changes };
  };
  const invite = (changes: object = {}) =>
    national.post('/api/admin/accounts', draft({ structureId: STRUCTURE.id, ...changes }));
  const act = (id: string, name: string, body: object = {}, browser = national) =>
    browser.post(`/api/admin/accounts/${id}/${name}`, body);
  const edit = (id: string, changes: object, version: unknown, browser = national) =>
    browser.patch(`/api/admin/accounts/${id}`, changes, { headers: { 'if-match': `"${String(version)}"` } });

  it('invites a person, who chooses a password by the link of the mail and signs in', async () => {
    const invited = await invite();
    expect(invited).toMatchObject({ status: 201, body: { status: 'INVITED', roles: ['professional'] } });
    const link = /#(\S+)/.exec(await mailTo(stage, invited.body.email as string))![1]!;
    const newPassword = 'Un-mot-de-passe-long-2026';
    const accepted = await stage.visitor().post('/api/invitations/accept', { token: link, newPassword });
    expect(accepted.status).toBe(204);
    const { username } = invited.body as { username: string };
    const entered = await stage.visitor().post('/api/sign-in/password', { username, password: newPassword });
    expect(entered.body.status).toBe('code-required');
    const { body: closed } = await invite();
    await act(closed.id as string, 'deactivate', { reason: 'left' });
    for (const { id } of [invited.body, closed])
      expect((await act(id as string, 'resend-invitation')).outcome).toBe('409 account.state');
  });

  it('gets a refusal for values that another account has', async () => {
    const first = await invite({ nationalId: `8997003${count}` });
    const { username, nationalId } = first.body as { username: string; nationalId: string };
    const sameName = await invite({ username: username.toUpperCase() });
    expect(sameName.outcome).toBe('409 account.taken');
    expect(sameName.body.errors[0].field).toBe('username');
    expect((await invite({ nationalId })).body.errors[0].field).toBe('nationalId');
    const other = await invite();
    expect((await act(other.body.id as string, 'link', { nationalId })).outcome).toBe('409 account.taken');
  });

  it('edits an account unless it has changed meanwhile; the second of two edits is refused', async () => {
    const { body } = await invite();
    const other = (await stage.signedIn({ role: 'structure-admin' })).browser;
    const seen = await other.get(`/api/admin/accounts/${body.id as string}`);
    expect(seen.headers['etag']).toBe(`"${String(body.version)}"`);
    const first = await edit(body.id as string, { displayName: 'Claire Durand' }, body.version);
    expect(first.body).toMatchObject({ displayName: 'Claire Durand', version: (body.version as number) + 1 });
    const second = await edit(body.id as string, { displayName: 'Claire Petit' }, seen.body.version, other);
    expect(second.outcome).toBe('412 precondition.failed');
    const blind = await national.patch(`/api/admin/accounts/${body.id as string}`, { displayName: 'X' });
    expect(blind.outcome).toBe('428 precondition.required');
    const anything = await national.patch(
      `/api/admin/accounts/${body.id as string}`,
      { displayName: 'X' },
      { headers: { 'if-match': '*' } },
    );
    expect(anything.outcome).toBe('412 precondition.failed');
    const now = await national.get(`/api/admin/accounts/${body.id as string}`);
    expect(now.body.displayName).toBe('Claire Durand');
  });

  it('wins with one of sixteen changes of the same version', async () => {
    const { body } = await invite();
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        edit(body.id as string, { displayName: `Name ${index}` }, body.version),
      ),
    );
    expect(outcomes.map((one) => one.outcome).sort()).toEqual([
      '200',
      ...Array<string>(15).fill('412 precondition.failed'),
    ]);
  });

  it('closes an account with whatever is open, and opens it again', async () => {
    const { person, browser } = await stage.signedIn();
    expect((await act(person.id, 'deactivate', { reason: 'left' })).body.status).toBe('DEACTIVATED');
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    expect((await person.givePassword(browser)).outcome).toBe('401 credentials.rejected');
    expect((await act(person.id, 'deactivate')).outcome).toBe('409 account.state');
    expect((await act(person.id, 'reactivate')).body.status).toBe('ACTIVE');
    expect((await act(person.id, 'reactivate')).outcome).toBe('409 account.state');
    expect((await person.givePassword(browser)).outcome).toBe('401 credentials.rejected');
  });

  it('stops a sign-in in progress when the account is closed', async () => {
    for (let round = 0; round < 3; round++) {
      const person = await stage.person();
      const browsers = Array.from({ length: 6 }, () => stage.visitor());
      await person.givePassword(browsers[0]!);
      const code = person.codeInMail();
      const twins = Array.from({ length: 6 }, () => browsers[0]!.copy());
      await Promise.all([
        act(person.id, 'deactivate'),
        ...twins.map((one) => one.post('/api/sign-in/code', { code })),
      ]);
      const outcomes = await Promise.all(twins.map((one) => one.get('/api/session')));
      expect(outcomes.every((one) => one.outcome === '401 session.required')).toBe(true);
    }
  });

  it('resets factors: number, browsers and sessions are gone, and the person is notified', async () => {
    const { person, browser } = await stage.signedIn();
    await person.setUpPhone(browser);
    const before = await national.get(`/api/admin/accounts/${person.id}`);
    expect(before.body.phone.number).toMatch(/•/);
    expect(before.text).not.toContain(person.mobile);
    const after = await act(person.id, 'reset-factors', { reason: 'phone lost' });
    expect(after.body).toMatchObject({
      codeChannel: 'EMAIL',
      phone: { status: 'NONE' },
      openSessions: 0,
      rememberedBrowsers: 0,
    });
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    expect((await person.givePassword(browser)).body.challenge.channel).toBe('EMAIL');
  });

  it('ends one session of a person, and leaves the others', async () => {
    const { person, browser } = await stage.signedIn();
    const elsewhere = stage.visitor({ 'user-agent': 'Firefox at the desk' });
    await person.signIn(elsewhere);
    const { body } = await national.get(`/api/admin/accounts/${person.id}/devices`);
    const forgotten = body.sessions.find((one: { device: string }) => one.device === 'Firefox at the desk');
    const way = `sessions/${forgotten.id}/end`;
    expect((await act(person.id, way, { reason: 'poste oublié' })).body.openSessions).toBe(1);
    expect((await elsewhere.get('/api/session')).outcome).toBe('401 session.required');
    expect((await browser.get('/api/session')).status).toBe(200);
    expect((await act(person.id, way)).outcome).toBe('404 not-found');
  });

  it('ends sessions without other changes, and unlocks', async () => {
    const structureId = await stage.structure();
    const { person, browser } = await stage.signedIn({ structureId });
    expect((await act(person.id, 'revoke-sessions')).body.openSessions).toBe(0);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    const stranger = stage.visitor();
    for (let time = 0; time < 6; time++) await person.givePassword(stranger, 'not the password');
    const locked = await national.get(`/api/admin/accounts/${person.id}`);
    expect(locked.body.locks.passwordUntil).not.toBeNull();
    const found = await national.get(`/api/admin/accounts?structure=${structureId}`);
    expect(found.body.items).toMatchObject([{ id: person.id, locked: true }]);
    const unlocked = (await act(person.id, 'unlock')).body;
    expect(unlocked).toMatchObject({ locked: false, locks: { passwordUntil: null } });
    expect((await person.givePassword(stage.visitor())).status).toBe(200);
  });

  it('can neither close their own account nor remove their own role', async () => {
    const me = await stage.signedIn({ role: 'national-admin', structureId: null });
    const { id } = me.person;
    expect((await act(id, 'deactivate', {}, me.browser)).outcome).toBe('409 act.on-self');
    expect((await edit(id, { roles: ['professional'] }, 1, me.browser)).outcome).toBe('409 act.on-self');
    const emergency = { means: 'password', hours: 1, reason: 'for myself' };
    expect((await act(id, 'emergency-access', emergency, me.browser)).outcome).toBe('409 act.on-self');
  });

  it('leaves one administrator when all remove each other concurrently', async () => {
    const all = await Promise.all(
      Array.from({ length: 4 }, () => stage.signedIn({ role: 'national-admin', structureId: null })),
    );
    const ids: string[] = all.map((one) => one.person.id);
    const held = await stage.database.rows<{ id: string }>(
      "SELECT id FROM account WHERE national = 1 AND status = 'ACTIVE'",
    );
    const others = held.map((row) => row.id).filter((id) => !ids.includes(id));
    for (const id of others)
      await stage.database.execute("UPDATE account SET status = 'DEACTIVATED' WHERE id = ?", [id]);
    const acts = all.flatMap((one) =>
      ids.filter((id) => id !== one.person.id).map((id) => act(id, 'deactivate', {}, one.browser)),
    );
    const outcomes = (await Promise.all(acts)).map((one) => one.outcome);
    const left = await stage.database.rows("SELECT id FROM account WHERE national = 1 AND status = 'ACTIVE'");
    expect(left).toHaveLength(1);
    expect(outcomes.filter((one) => one === '200')).toHaveLength(3);
    for (const id of others)
      await stage.database.execute("UPDATE account SET status = 'ACTIVE' WHERE id = ?", [id]);
  }, 30_000);

  it('gives new rights and takes them away at once', async () => {
    const { person, browser } = await stage.signedIn();
    expect((await browser.get('/api/admin/accounts')).status).toBe(403);
    await edit(person.id, { roles: ['professional', 'structure-admin'] }, 1);
    expect((await browser.get('/api/admin/accounts')).status).toBe(200);
    const now = await national.get(`/api/admin/accounts/${person.id}`);
    await edit(person.id, { roles: ['professional'] }, now.body.version);
    expect((await browser.get('/api/admin/accounts')).status).toBe(403);
  });

  it('finds people as one types, in any order, with or without accents', async () => {
    const mark = `q${stage.server.port}`;
    const { body } = await invite({
      displayName: `Hélène-${mark} de La Tour`,
      nationalId: `81${stage.server.port}`,
    });
    const found = async (text: string) =>
      (
        (await national.get(`/api/admin/accounts?q=${encodeURIComponent(text)}`)).body.items as {
          id: string;
        }[]
      ).map((one) => one.id);
    for (const text of [
      `helene-${mark}`,
      `HÉLÈNE-${mark}`,
      `tour hel`,
      mark,
      `81${stage.server.port}`,
      body.email as string,
    ])
      expect(await found(text)).toContain(body.id);
    for (const text of [`elene-${mark}`, `tour zzz`, '%', '_'.repeat(5), "' OR 1=1 --", '\u{10FFFF}'])
      expect(await found(text)).not.toContain(body.id);
  });

  it('gives every page of a search once, each account once', async () => {
    const mark = `pg${stage.server.port}`;
    for (let index = 0; index < 7; index++) await invite({ displayName: `${mark} ${mark}x${index}` });
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const page = await national.get(`/api/admin/accounts?q=${mark}&limit=3&cursor=${cursor}`);
      seen.push(...(page.body.items as { id: string }[]).map((one) => one.id));
      if (!page.body.nextCursor) break;
      cursor = page.body.nextCursor as string;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });

  it.each([...NAMES, 'x'.repeat(200)])(
    'keeps the name %s as it is, in the page and the list, harmless in the file',
    async (displayName) => {
      const { body } = await invite({ displayName });
      expect(body.displayName).toBe(displayName);
      const list = await national.get(`/api/admin/accounts?q=${encodeURIComponent(body.username as string)}`);
      expect(list.body.items[0].displayName).toBe(displayName);
      const file = await national.get('/api/admin/accounts/export');
      const line = file.text.split('\r\n').find((one) => one.includes(body.username as string))!;
      expect(line).not.toMatch(FORMULA_CELL);
      expect(line).not.toMatch(/\d{10}.*phone/);
    },
  );

  it.each(['x'.repeat(201), 'two\nlines', '\u202Egnp.exe', '\u200F\u200E', '', '   '])(
    'refuses the name %j',
    async (displayName) => {
      expect((await invite({ displayName })).outcome).toBe('422 validation.failed');
    },
  );

  it('links and unlinks a national id, which only administrators see in full', async () => {
    const { body } = await invite();
    const nationalId = `8997${stage.server.port}7`;
    const linked = await act(body.id as string, 'link', { nationalId });
    expect(linked.body.nationalId).toBe(nationalId);
    expect((await act(body.id as string, 'link', { nationalId: '123456' })).outcome).toBe(
      '409 account.state',
    );
    expect((await act(body.id as string, 'unlink')).body.nationalId).toBeNull();
    expect((await act(body.id as string, 'unlink')).outcome).toBe('409 account.state');
  });

  it('erases only the person who asked: the id stays, the person does not', async () => {
    const { person, browser } = await stage.signedIn();
    expect((await act(person.id, 'erase')).outcome).toBe('409 account.state');
    await browser.put('/api/account/email', { email: 'elsewhere@hopital.example' });
    expect((await browser.post('/api/account/erasure-request', {})).status).toBe(200);
    const erased = await act(person.id, 'erase', { reason: 'asked' });
    expect(erased.body).toMatchObject({ id: person.id, status: 'DEACTIVATED', email: '', roles: [] });
    for (const table of ['account', 'accountTerm', 'session', 'signIn', 'rememberedBrowser'])
      expect(JSON.stringify(await stage.database.rows(`SELECT * FROM ${table}`))).not.toContain(
        person.username,
      );
    const own = [person.id];
    expect(await stage.database.rows('SELECT id FROM notice WHERE subjectId = ?', own)).toEqual([]);
    expect(await stage.database.rows('SELECT proofId FROM emailChange WHERE accountId = ?', own)).toEqual([]);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    expect((await act(person.id, 'reactivate')).outcome).toBe('409 account.state');
    expect((await act(person.id, 'erase')).outcome).toBe('409 account.state');
    const events = await stage.database.rows('SELECT name FROM auditEvent WHERE accountId = ?', [person.id]);
    expect(events).toContainEqual({ name: 'user_deleted' });
  });
});
