import { ageSession } from '../harness/people/age-session';
import { PASSWORD, type Person } from '../harness/people/person';
import { QUICK, useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const MINUTE = 60_000;
const TOLD = 'votre adresse e-mail a été changée';

describe('a change of mail address', () => {
  const stage = useStage(QUICK);

  async function signedIn(): Promise<{ claire: Person; browser: Visitor }> {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    return { claire, browser };
  }

  const want = (browser: Visitor, email: string) => browser.put('/api/account/email', { email });
  const prove = (browser: Visitor, code: string) => browser.post('/api/account/email/code', { code });
  const emailOf = async (person: Person) => {
    const sql = 'SELECT email FROM account WHERE id = ?';
    return (await stage.database.row<{ email: string }>(sql, [person.id]))!.email;
  };
  /** The code that went to an address that no account has yet. */
  const codeTo = (address: string) => /^ {4}(\d{6})$/m.exec(stage.smtp.lastTo(address).text!)![1]!;

  it('needs the code sent to the new one, and notifies the old one', async () => {
    const { claire, browser } = await signedIn();
    const next = `new.${claire.email}`;
    const asked = await want(browser, next);
    expect(asked.outcome).toBe('202');
    expect(asked.body.challenge).toMatchObject({
      purpose: 'mail-change',
      channel: 'EMAIL',
      destination: 'n•••@hopital.example',
      otherChannels: [],
    });
    expect(await emailOf(claire)).toBe(claire.email);
    const proved = await prove(browser, codeTo(next));
    expect([proved.status, proved.body.email]).toEqual([200, next]);
    expect(await emailOf(claire)).toBe(next);
    const told = await claire.mailAbout(TOLD);
    expect(told).toContain('/ce-n-etait-pas-moi#');
    expect(told).not.toContain(next);
  });

  it('ends other sessions, remembered browsers and open codes, not the session at hand', async () => {
    const { claire, browser } = await signedIn();
    const [elsewhere, halfWay] = [stage.visitor(), stage.visitor()];
    await claire.signIn(elsewhere);
    await claire.givePassword(halfWay);
    const code = claire.codeInMail();
    const next = `two.${claire.email}`;
    await want(browser, next);
    await prove(browser, codeTo(next));
    expect((await browser.get('/api/session')).outcome).toBe('200');
    expect((await elsewhere.get('/api/session')).outcome).toBe('401 session.required');
    // A mail that a slow machine has not handed over yet counts as on its way for some seconds.
    await stage.server.advance(61_000);
    expect((await claire.givePassword(elsewhere)).body.status).toBe('code-required');
    expect((await halfWay.post('/api/sign-in/code', { code })).outcome).toBe('401 sign-in.required');
  });

  it('asked for a colleague’s address uses up none of their codes', async () => {
    const { browser } = await signedIn();
    const paul = await stage.person();
    for (let time = 0; time < 3; time++) {
      expect((await want(browser, paul.email)).outcome).toBe('202');
      await stage.server.advance(61_000);
    }
    const refused = await want(browser, paul.email);
    expect(refused).toMatchObject({
      outcome: '429 attempts.exceeded',
      body: { counted: 'destination-proofs', otherChannels: [] },
    });
    for (let time = 0; time < 5; time++) expect((await paul.signIn(stage.visitor())).outcome).toBe('200');
  });

  it('needs a fresh proof', async () => {
    const { claire, browser } = await signedIn();
    await stage.server.advance(6 * MINUTE);
    expect((await want(browser, `late.${claire.email}`)).outcome).toBe('401 reauthentication.required');
  });

  it('is not asked for by a stolen session with the mailbox: the password must be fresh, too', async () => {
    const { claire, browser } = await signedIn();
    const email = `thief.${claire.email}`;
    await ageSession(stage, claire, 'signedInAt');
    for (const act of [
      (more: object) => browser.put('/api/account/email', { email, ...more }),
      (more: object) => browser.put('/api/account/phone', { phoneNumber: '06 39 98 00 17', ...more }),
      (more: object) => browser.patch('/api/account', { codeChannel: 'EMAIL', ...more }),
      (more: object) => browser.send('DELETE', '/api/account/phone', more),
    ]) {
      expect((await act({})).outcome).toBe('401 password.confirmation-required');
      expect((await act({ currentPassword: 'not the password' })).outcome).toBe('422 password.wrong');
      expect((await act({ currentPassword: PASSWORD })).status).toBeLessThan(300);
    }
    expect((await browser.delete('/api/account/phone')).outcome).toBe('401 password.confirmation-required');
  });

  it('is not made with a code of another purpose, nor another session’s, nor twice', async () => {
    const { claire, browser } = await signedIn();
    const other = stage.visitor();
    await claire.signIn(other);
    await browser.post('/api/session/challenge', {});
    const next = `three.${claire.email}`;
    await want(browser, next);
    const ofSession = claire.codeInMail();
    if (ofSession !== codeTo(next))
      expect((await prove(browser, ofSession)).outcome).toBe('401 code.rejected');
    expect((await prove(other, codeTo(next))).outcome).toBe('401 code.expired');
    expect((await prove(browser, codeTo(next))).status).toBe(200);
    expect((await prove(browser, codeTo(next))).status).toBe(401);
  });

  it('keeps the address that the code went to, though another session wants another', async () => {
    const { claire, browser } = await signedIn();
    const other = stage.visitor();
    await claire.signIn(other);
    const [mine, theirs] = [`mine.${claire.email}`, `theirs.${claire.email}`];
    await want(browser, mine);
    await want(other, theirs);
    await prove(browser, codeTo(mine));
    expect(await emailOf(claire)).toBe(mine);
  });

  it('to an address in use is requested alike, and proved only by the reader of that mailbox', async () => {
    const { claire, browser } = await signedIn();
    const victim = await stage.person();
    const answers = [await want(browser, victim.email)];
    await stage.server.advance(MINUTE);
    answers.push(await want(browser, `nobody.${claire.email}`));
    expect(answers.map((answer) => answer.outcome)).toEqual(['202', '202']);
    expect(victim.latestMail()).toContain('ignorez ce message');
    expect(victim.latestMail()).not.toContain(claire.username);
    expect((await prove(browser, victim.wrongCode())).outcome).toBe('401 code.rejected');
    expect(await emailOf(claire)).toBe(claire.email);
  });

  it.each([
    'claire@hopital.example\r\nBcc: everybody@evil.example',
    'claire@hopital.example\nSubject: gift',
    'claire@hopital.example, evil@evil.example',
    'Claire <claire@hopital.example>',
    '<claire@hopital.example>',
    'claire@hopital.example>',
    '"claire evil"@hopital.example',
    'claire\u202e@hopital.example',
    'hopital.example',
    `${'c'.repeat(250)}@hopital.example`,
    '',
  ])('is not asked for with an address that is no plain mailbox: %p', async (email) => {
    const { browser } = await shared();
    const sent = stage.smtp.mails.length;
    const answer = await want(browser, email);
    expect(answer.outcome).toBe('422 validation.failed');
    expect(answer.body.errors[0].field).toBe('email');
    expect(stage.smtp.mails.slice(sent).every((mail) => !JSON.stringify(mail.to).includes('evil'))).toBe(
      true,
    );
  });

  it('cannot be asked for without end', async () => {
    const { claire, browser } = await signedIn();
    const outcomes = [];
    for (let turn = 0; turn < 12; turn++) {
      outcomes.push((await want(browser, `flood.${claire.email}`)).outcome);
      await stage.server.advance(20_000);
    }
    expect(outcomes).toContain('429 resend.too-soon');
    expect(outcomes.filter((one) => one === '202').length).toBeLessThanOrEqual(5);
  });

  let known: Promise<{ claire: Person; browser: Visitor }> | undefined;
  /** One person for many tries; signed in anew when the proof is no longer fresh. */
  async function shared() {
    known = known ?? signedIn();
    const { browser } = await known;
    if ((await want(browser, 'no mailbox')).status !== 422) known = signedIn();
    return known;
  }
});
