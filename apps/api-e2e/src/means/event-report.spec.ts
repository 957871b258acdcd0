import { concurrently, SoftAuthenticator } from '@portillon/testing/servers';
import { addPasskey } from '../harness/people/add-passkey';
import type { Person } from '../harness/people/person';
import type { Visitor } from '../harness/people/visitor';
import { eventually } from '../harness/server/eventually';
import { useStage } from '../harness/server/stage';

const NEW_PASSWORD = 'Quatre-Chemins-de-Halage-88';
const OF_INTRUDER = 'Une-Porte-Pour-Intrus-2026';
const RESET = 'nouveau mot de passe';
const CHANGED = 'votre mot de passe a été changé';
const MAIL_CHANGED = 'votre adresse e-mail a été changée';
const DAY = 86_400_000;

describe('« Ce n’était pas moi »', () => {
  const stage = useStage({ environment: { PASSKEYS: 'on', TEST_TURN_MS: '250' } });

  const eventOf = (token: string, visitor = stage.visitor()) =>
    visitor.post('/api/security-notices/event', { token });
  const report = (token: string, visitor = stage.visitor()) =>
    visitor.post('/api/security-notices/report', { token });
  const confirm = (token: string, newPassword = NEW_PASSWORD) =>
    stage.visitor().post('/api/password-resets/confirm', { token, newPassword });
  const changePassword = (person: Person, browser: Visitor) =>
    browser.put('/api/account/password', { currentPassword: person.password, newPassword: OF_INTRUDER });
  const codeTo = (address: string) => /^ {4}(\d{6})$/m.exec(stage.smtp.lastTo(address).text!)![1]!;
  /** The link in a notice to an address that no person of the tests reads. */
  async function tokenTo(address: string, about = CHANGED): Promise<string> {
    const isTheirs = ({ to, subject }: { to?: unknown; subject?: string }) =>
      JSON.stringify(to).includes(`"${address}"`) && subject?.includes(about);
    const mail = await eventually(`a notice to ${address}`, () => stage.smtp.mails.find(isTheirs));
    return /#(\S+)/.exec(mail.text!)![1]!;
  }
  async function changeEmail(browser: Visitor, email: string): Promise<void> {
    await browser.put('/api/account/email', { email });
    await browser.post('/api/account/email/code', { code: codeTo(email) });
  }
  const emailOf = async ({ id }: Person) =>
    (await stage.database.row<{ email: string }>('SELECT email FROM account WHERE id = ?', [id]))!.email;
  /** An intruder in a session of hers changed her password; the mail about it has the link. */
  async function intruded() {
    const { person: claire, browser } = await stage.signedIn();
    await changePassword(claire, browser);
    return { claire, browser, token: await claire.tokenIn(CHANGED) };
  }
  const journalOf = ({ id }: Person) =>
    stage.database.rows<{ name: string }>(
      "SELECT name FROM auditEvent WHERE accountId = ? AND name LIKE 'event_reported%' ORDER BY id",
      [id],
    );

  it('says what happened and when, and changes nothing until the button is used', async () => {
    const { browser, token } = await intruded();
    const event = await eventOf(token);
    const title = 'Votre mot de passe a été changé';
    expect(event.body).toEqual({ title, occurredAt: expect.any(String), alertsOnly: false });
    expect((await eventOf(token)).cookies).toEqual([]);
    expect((await stage.visitor().get('/ce-n-etait-pas-moi')).status).toBeLessThan(500);
    expect((await browser.get('/api/session')).status).toBe(200);
  });

  it('ends what an intruder opened, blocks the password, and is undone by its holder in one sign-in', async () => {
    const { claire, browser, token } = await intruded();
    const halfWay = stage.visitor();
    await claire.givePassword(halfWay, OF_INTRUDER);
    const { key, added } = await addPasskey(browser, new SoftAuthenticator('http://portillon.test'));
    expect(added.status).toBe(201);

    const reported = await report(token);
    expect([reported.status, reported.cookies]).toEqual([204, []]);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    expect((await halfWay.post('/api/sign-in/code', { code: claire.codeInMail() })).outcome).toBe(
      '401 sign-in.required',
    );
    expect((await claire.givePassword(stage.visitor(), OF_INTRUDER)).outcome).toBe(
      '401 credentials.rejected',
    );
    const strong = stage.visitor();
    const { body } = await strong.post('/api/sign-in/passkey/options', {});
    const byPasskey = await strong.post('/api/sign-in/passkey', { credential: key.get(body.options) });
    expect(byPasskey.status).toBe(401);
    expect(await journalOf(claire)).toEqual([{ name: 'event_reported' }]);
    await claire.mailAbout('sessions fermées, mot de passe bloqué');

    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const listed = async () =>
      (await national.get(`/api/admin/accounts?only=REPORTED&search=${claire.username}`)).body.items.length;
    expect(await listed()).toBe(1);
    expect((await confirm(await claire.tokenIn(RESET))).status).toBe(204);
    claire.password = NEW_PASSWORD;
    await stage.server.advance(61_000);
    expect((await claire.signIn(stage.visitor())).outcome).toBe('200');
    expect(await listed()).toBe(0);
  });

  it('takes back the address and the number of the intruder: link and codes go to its holder', async () => {
    const { person: claire, browser } = await stage.signedIn();
    const intruder = `intruder.${claire.username}@example.com`;
    await browser.put('/api/account/phone', { phoneNumber: claire.mobile });
    await browser.post('/api/account/phone/verification');
    await browser.post('/api/account/phone/verification/code', { code: claire.codeInSms() });
    await browser.patch('/api/account', { codeChannel: 'SMS' });
    await changeEmail(browser, intruder);
    expect((await report(await claire.tokenIn(MAIL_CHANGED))).status).toBe(204);
    await claire.tokenIn(RESET);
    await stage.server.advance(61_000);
    await stage.visitor().post('/api/password-resets', { username: claire.username });
    expect((await confirm(await claire.tokenIn(RESET, 2))).status).toBe(204);
    const toIntruder = stage.smtp.mails.filter(({ to }) => JSON.stringify(to).includes(`"${intruder}"`));
    expect(toIntruder.filter(({ subject }) => subject?.includes(RESET))).toEqual([]);

    claire.password = NEW_PASSWORD;
    const again = stage.visitor();
    const { body } = await claire.givePassword(again);
    expect([body.challenge.channel, body.alternatives]).toEqual(['EMAIL', []]);
    expect((await again.post('/api/sign-in/code', { code: claire.codeInMail() })).status).toBe(200);
  });

  it('takes back the earliest address, also by a link of the intruder, which closes nothing to the account holder', async () => {
    const { person: claire, browser } = await stage.signedIn();
    const intruder = `late.${claire.username}@example.com`;
    await changeEmail(browser, intruder);
    const ofOwner = await claire.tokenIn(MAIL_CHANGED);
    await stage.server.advance(1_000);
    await changePassword(claire, browser);
    const ofIntruder = await tokenTo(intruder);
    await stage.server.advance(1_000);
    expect((await report(ofIntruder)).status).toBe(204);
    await claire.tokenIn(RESET);
    expect(await emailOf(claire)).toBe(claire.email);
    // One report takes back all that came before it: the other link has nothing left to do.
    expect((await report(ofOwner)).outcome).toBe('401 token.rejected');
  });

  describe('after an administrator replaced a lost mailbox', () => {
    /** Who reads the lost mailbox has the link of an earlier event, and the notice of the change. */
    async function replaced() {
      const { claire, token } = await intruded();
      const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
      const page = `/api/admin/accounts/${claire.id}`;
      const { version } = (await national.get(page)).body;
      await stage.server.advance(1_000);
      const email = `new.${claire.email}`;
      const edited = await national.send(
        'PATCH',
        page,
        { email },
        { headers: { 'if-match': `"${version}"` } },
      );
      expect(edited.status).toBe(200);
      return { claire, token, national, page, email };
    }

    it('the links of earlier events are void', async () => {
      const { claire, token, email } = await replaced();
      expect((await eventOf(token)).outcome).toBe('401 token.rejected');
      expect((await report(token)).outcome).toBe('401 token.rejected');
      expect(await emailOf(claire)).toBe(email);
    });

    it('the notice to it alerts administrators, and neither ends a session nor voids the password', async () => {
      const { claire, national, page, email } = await replaced();
      const alert = await claire.tokenIn('un administrateur a remplacé votre adresse e-mail');
      claire.password = OF_INTRUDER;
      const browser = stage.visitor();
      await claire.givePassword(browser);
      expect((await browser.post('/api/sign-in/code', { code: codeTo(email) })).status).toBe(200);
      expect((await eventOf(alert)).body.alertsOnly).toBe(true);
      expect((await report(alert)).status).toBe(204);
      expect((await report(alert)).outcome).toBe('401 token.rejected');
      expect((await browser.get('/api/session')).status).toBe(200);
      expect((await national.get(`${page}/ways-in`)).body.canEnter).toBe('yes');
      const seen = (await national.get(page)).body;
      expect([seen.email, seen.reportedEventAt]).toEqual([email, expect.any(String)]);
    });

    it('a report of a later event takes back the new address, not the lost one', async () => {
      const { claire, email } = await replaced();
      claire.password = OF_INTRUDER;
      const browser = stage.visitor();
      await claire.givePassword(browser);
      await browser.post('/api/sign-in/code', { code: codeTo(email) });
      await stage.server.advance(1_000);
      await changeEmail(browser, `thief.${claire.username}@example.com`);
      const token = await tokenTo(email, MAIL_CHANGED);
      await stage.server.advance(1_000);
      expect((await report(token)).status).toBe(204);
      expect(await emailOf(claire)).toBe(email);
    });
  });

  it('is said of the void password everywhere, until its holder has chosen another by the link of « Débloquer »', async () => {
    const { claire, token } = await intruded();
    await report(token);
    await claire.tokenIn(RESET);
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const page = `/api/admin/accounts/${claire.id}`;
    const entry = async () => {
      const { items } = (await national.get('/api/admin/accounts?sort=-createdAt&limit=100')).body;
      const listed = items.find(({ id }: Person) => id === claire.id);
      const { canEnter, reasons } = (await national.get(`${page}/ways-in`)).body;
      return [canEnter, reasons[0]?.code, listed.entry.reason?.code];
    };
    const isVoid = ['no', 'password-void-reported', 'password-void-reported'];
    expect(await entry()).toEqual(isVoid);

    await claire.givePassword(stage.visitor(), OF_INTRUDER);
    const { reason } = (await stage.database.row<{ reason: string }>(
      "SELECT reason FROM auditEvent WHERE accountId = ? AND name = 'authn_login_fail' ORDER BY id DESC",
      [claire.id],
    ))!;
    expect(reason).toBe('password-void');

    const unlocked = await national.post(`${page}/unlock`, { reason: 'called us' });
    expect(unlocked.body.locks.passwordVoidSince).toEqual(expect.any(String));
    expect(await entry()).toEqual(isVoid);
    expect((await confirm(await claire.tokenIn(RESET, 2))).status).toBe(204);
    expect(await entry()).toEqual(['yes', undefined, undefined]);
  });

  it('is reported once, of sixteen at once', async () => {
    const { claire, token } = await intruded();
    const { results } = await concurrently(16, () => report(token));
    expect(results.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(await journalOf(claire)).toContainEqual({ name: 'event_reported' });
  });

  it('is closed by an administrator, who restored what was wrong', async () => {
    const { claire, token } = await intruded();
    await report(token);
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const seen = await national.get(`/api/admin/accounts/${claire.id}`);
    expect(seen.body.reportedEventAt).toEqual(expect.any(String));
    const unlocked = await national.post(`/api/admin/accounts/${claire.id}/unlock`, { reason: 'called us' });
    expect(unlocked.body.reportedEventAt).toBeNull();
  });

  describe('is not reported by a link', () => {
    it('that was used', async () => {
      const { token } = await intruded();
      await report(token);
      expect((await report(token)).outcome).toBe('401 token.rejected');
      expect((await eventOf(token)).outcome).toBe('401 token.rejected');
    });

    it('that is older than seven days', async () => {
      const { token } = await intruded();
      await stage.server.advance(7 * DAY);
      expect((await report(token)).outcome).toBe('401 token.rejected');
    });

    it('of another purpose, and it is no link of another purpose', async () => {
      const { claire, token } = await intruded();
      await stage.visitor().post('/api/password-resets', { username: claire.username });
      expect((await report(await claire.tokenIn(RESET))).outcome).toBe('401 token.rejected');
      expect((await confirm(token)).outcome).toBe('401 token.rejected');
    });

    it('guessed: each wrong one counts against its address', async () => {
      const visitor = stage.visitor();
      let outcome = '';
      for (let turn = 0; turn < 200 && !outcome.startsWith('429'); turn++)
        ({ outcome } = await report(`01a20e4e-451d-7222-8b7c-095e8995a1b0.${'A'.repeat(43)}`, visitor));
      expect(outcome).toBe('429 attempts.exceeded');
    });
  });
});
