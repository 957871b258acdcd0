import { QUICK, Stage, useStage } from '../harness/server/stage';
import { eventually } from '../harness/server/eventually';
import { mailTo } from '../harness/people/mail-to';
import type { Person } from '../harness/people/person';
import type { Visitor } from '../harness/people/visitor';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The journal reports a sign-in in a new browser once its line is sealed. */
const UNTIL_SEALED = 31_000;
const NEW_BROWSER = 'connexion dans un nouveau navigateur';
const LOCKED = 'votre compte est bloqué un moment';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';

describe('a person is notified by mail', () => {
  const stage = useStage(QUICK);

  it('of a sign-in in a new browser, and of none in one that is known', async () => {
    const claire = await stage.person();
    const browser = stage.visitor({ 'user-agent': FIREFOX });
    await claire.signIn(browser);
    await stage.server.advance(UNTIL_SEALED);
    const told = await claire.mailAbout(NEW_BROWSER);
    expect(told).toContain('Firefox sur Windows');
    expect(told).toContain('Si ce n’était pas vous');
    await stage.server.advance(2 * HOUR);
    await claire.signIn(browser);
    await stage.server.advance(23 * HOUR);
    await claire.signIn(browser);
    await quiet(stage);
    expect(claire.notices()).toHaveLength(1);
  });

  it('of a browser that was not to be remembered, too', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.givePassword(browser);
    await browser.post('/api/sign-in/code', { code: claire.codeInMail(), rememberBrowser: false });
    await stage.server.advance(UNTIL_SEALED);
    await claire.mailAbout(NEW_BROWSER);
  });

  it('at most once in an hour, then about the events of that hour', async () => {
    const claire = await stage.person();
    for (let turn = 0; turn < 4; turn++) await claire.signIn(stage.visitor());
    await stage.server.advance(UNTIL_SEALED);
    await claire.mailAbout(NEW_BROWSER);
    await quiet(stage);
    const before = claire.notices().length;
    await stage.server.advance(HOUR);
    await quiet(stage);
    const after = claire.notices().length;
    // The first mail may already have listed several; the rest follow an hour later, in one mail.
    expect([before, after - before]).toEqual([1, expect.any(Number)]);
    expect(after - before).toBeLessThanOrEqual(1);
    await stage.server.advance(2 * HOUR);
    await quiet(stage);
    expect(claire.notices()).toHaveLength(after);
  });

  it('in their language', async () => {
    const claire = await stage.person({ locale: 'en' });
    await claire.signIn(stage.visitor());
    await stage.server.advance(UNTIL_SEALED);
    expect(await claire.mailAbout('sign-in from a new browser')).toContain('If it was not you');
  });

  it('of a changed number, channel and password', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await claire.setUpPhone(browser);
    const newPassword = 'Six-Canards-Sous-Le-Pont-12';
    await browser.put('/api/account/password', { currentPassword: claire.password, newPassword });
    await claire.mailAbout('un numéro de téléphone a été ajouté');
    expect(await claire.mailAbout('vos codes arrivent autrement')).toContain('par SMS');
    await claire.mailAbout('votre mot de passe a été changé');
  });

  it('of codes that are used up, and of the lock', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.givePassword(browser);
    for (let turn = 0; turn < 5; turn++)
      await browser.post('/api/sign-in/code', { code: claire.wrongCode() });
    expect(await claire.mailAbout('codes erronés')).toContain('quelqu’un connaît votre mot de passe');
    await stage.server.advance(MINUTE);
    await browser.post('/api/sign-in/code/resend', {});
    for (let turn = 0; turn < 5; turn++)
      await browser.post('/api/sign-in/code', { code: claire.wrongCode() });
    expect(await claire.mailAbout(LOCKED)).toMatch(/bloquée jusqu’au .* \(heure de Paris\)/);
  });

  it('of the lock that wrong passwords bring, as soon as it is there; the journal says it once', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await guessTenTimes(stage, claire);
    await claire.mailAbout(LOCKED);
    await claire.givePassword(stage.visitor(), 'not-the-password');
    expect(await locksOf(stage, claire)).toEqual([{ reason: 'too-many-failures', means: 'password' }]);
    await stage.server.advance(31 * MINUTE);
    await claire.signIn(browser);
    const { items } = (await browser.get('/api/account/activity')).body;
    expect(items.map(({ name }: { name: string }) => name)).toContain('authn_login_lock');
  });

  it('of a cookie that was copied', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    const thief = browser.copy();
    await claire.signIn(browser);
    await stage.server.advance(2 * MINUTE);
    await claire.givePassword(thief);
    await claire.mailAbout('un navigateur a été oublié par sécurité');
  });

  it('of an administrator’s actions: unlock, link, and then a pending role', async () => {
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const claire = await stage.person();
    const path = `/api/admin/accounts/${claire.id}`;
    await national.post(`${path}/unlock`, {});
    await claire.mailAbout('votre compte est débloqué');
    await national.post(`${path}/link`, { nationalId: `8${stage.server.port}01` });
    expect(await claire.mailAbout('une carte ou une e-CPS est liée')).toContain('un administrateur');
    await national.post(`${path}/unlink`, {});
    expect(await claire.mailAbout('plus aucune carte ni e-CPS')).toContain('Si rien ne l’explique');
    await edit(national, path, { roles: ['structure-admin'] });
    expect(await claire.mailAbout('votre compte va pouvoir administrer')).toContain('second administrateur');
    await stage.server.advance(2 * HOUR);
    await quiet(stage);
    expect(claire.notices()).toHaveLength(4);
  });

  it('of an administrator’s actions: user name, role', async () => {
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const claire = await stage.person();
    const path = `/api/admin/accounts/${claire.id}`;
    const username = `renamed.${claire.username}`;
    await edit(national, path, { username, roles: ['structure-admin'] });
    expect(await claire.mailAbout('votre identifiant a été changé')).toContain(username);
    await claire.mailAbout('vos droits ont été changés');
    await edit(national, path, { roles: ['structure-admin', 'professional'], displayName: 'Claire' });
    await stage.server.advance(2 * HOUR);
    await quiet(stage);
    expect(claire.notices()).toHaveLength(2);
  });

  it('at the address before it, when an administrator changes the address too', async () => {
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const claire = await stage.person();
    const email = `new.${claire.email}`;
    await edit(national, `/api/admin/accounts/${claire.id}`, { email, username: `new.${claire.username}` });
    await claire.mailAbout('un administrateur a remplacé votre adresse e-mail');
    await claire.mailAbout('votre identifiant a été changé');
  });

  it('at the new address alone, by the invitation, when an administrator changes that of an invited person', async () => {
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const [first, next] = [`first.${stage.server.port}@h.example`, `next.${stage.server.port}@h.example`];
    const draft = { username: `invited.${stage.server.port}`, email: first, displayName: 'Zoé Martin' };
    const { id } = (await national.post('/api/admin/accounts', draft)).body as { id: string };
    await mailTo(stage, first);
    await edit(national, `/api/admin/accounts/${id}`, {
      email: next,
      username: `moved.${stage.server.port}`,
    });
    expect(await mailTo(stage, next)).toMatch(/#\S+/);
    await quiet(stage);
    const mailsTo = (address: string) =>
      stage.smtp.mails.filter(({ to }) => JSON.stringify(to ?? '').includes(address)).length;
    expect([mailsTo(first), mailsTo(next)]).toEqual([1, 1]);
  });

  it('that their account is closed, and of no event afterwards', async () => {
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const claire = await stage.person();
    await national.post(`/api/admin/accounts/${claire.id}/deactivate`, {});
    expect(await claire.mailAbout('votre compte est désactivé')).toContain('un administrateur');
    await national.post(`/api/admin/accounts/${claire.id}/unlock`, {});
    await quiet(stage);
    expect(claire.notices()).toHaveLength(1);
  });

  it('of no event when they were deactivated', async () => {
    const gone = await stage.person({ status: 'DEACTIVATED' });
    await guessTenTimes(stage, gone);
    await quiet(stage);
    expect(gone.notices()).toEqual([]);
  });

  it('30 and 7 days before the account is blocked for want of use', async () => {
    const claire = await stage.person();
    await stage.database.execute('UPDATE account SET createdAt = ? WHERE id = ?', [
      new Date(Date.now() - 400 * DAY),
      claire.id,
    ]);
    await claire.mailAbout('votre compte va être désactivé');
    await stage.server.advance(23 * DAY);
    await claire.mailAbout('votre compte va être désactivé', 2);
    await stage.server.advance(7 * DAY);
    const status = async () =>
      (await stage.database.row<{ status: string }>('SELECT status FROM account WHERE id = ?', [claire.id]))!
        .status;
    await eventually('the closing', async () => (await status()) !== 'ACTIVE');
    expect((await claire.givePassword(stage.visitor())).outcome).toBe('401 credentials.rejected');
    await stage.visitor().post('/api/password-resets', { username: claire.username });
    await quiet(stage);
    expect(claire.notices().filter((subject) => subject.includes('nouveau mot de passe'))).toEqual([]);
  });
});

async function edit(national: Visitor, path: string, changes: object): Promise<void> {
  const { version } = (await national.get(path)).body as { version: number };
  const edited = await national.patch(path, changes, { headers: { 'if-match': `"${version}"` } });
  expect(edited.status).toBe(200);
}

async function guessTenTimes(stage: Stage, person: Person): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    await person.givePassword(stage.visitor(), 'not-the-password');
    if (turn < 9) await stage.server.advance(16 * MINUTE);
  }
}

function locksOf(stage: Stage, { id }: Person) {
  const sql = "SELECT reason, means FROM auditEvent WHERE accountId = ? AND name = 'authn_login_lock'";
  return stage.database.rows<{ reason: string; means: string }>(sql, [id]);
}

/** Until no notice is due or on its way any more. */
async function quiet(stage: Stage): Promise<void> {
  const waiting = `SELECT (SELECT COUNT(*) FROM resetRequest)
    + (SELECT COUNT(*) FROM notification WHERE state IN ('PENDING', 'SENDING')) AS waiting`;
  const deadline = performance.now() + 15_000;
  for (let calm = 0; calm < 4;) {
    if (performance.now() > deadline) throw new Error('The server is never done');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const [row] = await stage.database.rows<{ waiting: number }>(waiting);
    calm = Number(row!.waiting) === 0 ? calm + 1 : 0;
  }
}
