import { QUICK, Stage, useStage } from '../harness/server/stage';
import type { Person } from '../harness/people/person';
import type { Answer } from '../harness/people/answer.types';
import type { Visitor } from '../harness/people/visitor';

const NEW_PASSWORD = 'Quatre-Chemins-de-Halage-88';
const RESET = 'nouveau mot de passe';
const INVITATION = 'activez votre compte';
const MINUTE = 60_000;

describe('a forgotten password', () => {
  const stage = useStage(QUICK);

  const ask = (username: string, visitor = stage.visitor()) =>
    visitor.post('/api/password-resets', { username });
  const confirm = (token: string, newPassword = NEW_PASSWORD, visitor = stage.visitor()) =>
    visitor.post('/api/password-resets/confirm', { token, newPassword });
  const accept = (token: string, newPassword = NEW_PASSWORD) =>
    stage.visitor().post('/api/invitations/accept', { token, newPassword });

  async function linkOf(person: Person): Promise<string> {
    await ask(person.username);
    return person.tokenIn(RESET);
  }

  it('is replaced by a link that came by mail, which opens no session', async () => {
    const claire = await stage.person();
    const answer = await ask(claire.username);
    expect([answer.status, answer.body, answer.cookies]).toEqual([202, { status: 'accepted' }, []]);
    const mail = await claire.mailAbout(RESET);
    expect(mail).toContain(`http://portillon.test/mot-de-passe#`);
    expect(mail).toContain(claire.username);
    const kept = await confirm(await claire.tokenIn(RESET));
    expect([kept.status, kept.cookies]).toEqual([204, []]);
    expect((await claire.givePassword(stage.visitor())).outcome).toBe('401 credentials.rejected');
    claire.password = NEW_PASSWORD;
    expect((await claire.givePassword(stage.visitor())).body.status).toBe('code-required');
    expect(await claire.mailAbout('votre mot de passe a été changé')).toContain('/ce-n-etait-pas-moi#');
  });

  it('shows the user name to the holder of the link, and to no one else', async () => {
    const claire = await stage.person();
    const token = await linkOf(claire);
    const holder = (path: string, link: string) => stage.visitor().post(path, { token: link });
    expect((await holder('/api/password-resets/holder', token)).body).toEqual({ username: claire.username });
    for (const link of [`${token}x`, 'id.secret'])
      expect((await holder('/api/password-resets/holder', link)).outcome).toBe('401 token.rejected');
    expect((await holder('/api/invitations/holder', token)).outcome).toBe('401 token.rejected');
    expect((await confirm(token)).status).toBe(204);
    expect((await holder('/api/password-resets/holder', token)).outcome).toBe('401 token.rejected');
  });

  it('is asked for by the mail address too, in any case', async () => {
    const claire = await stage.person();
    await ask(claire.email.toUpperCase());
    expect((await confirm(await claire.tokenIn(RESET))).status).toBe(204);
  });

  it('ends sessions, remembered browsers, sign-ins in progress and open codes', async () => {
    const claire = await stage.person();
    const [home, halfWay] = [stage.visitor(), stage.visitor()];
    await claire.signIn(home);
    await claire.givePassword(halfWay);
    const code = claire.codeInMail();
    expect((await confirm(await linkOf(claire))).status).toBe(204);
    claire.password = NEW_PASSWORD;
    expect((await home.get('/api/session')).outcome).toBe('401 session.required');
    expect((await halfWay.post('/api/sign-in/code', { code })).outcome).toBe('401 sign-in.required');
    // A mail that a slow machine has not handed over yet counts as on its way for some seconds.
    await stage.server.advance(61_000);
    expect((await claire.givePassword(home)).body.status).toBe('code-required');
  });

  it('keeps its link when the new password is too weak', async () => {
    const claire = await stage.person();
    const token = await linkOf(claire);
    const weak = await confirm(token, 'azerty1234');
    expect(weak.outcome).toBe('422 password.weak');
    expect(weak.body.errors[0].field).toBe('newPassword');
    expect((await confirm(token, `${claire.username} 2026`)).outcome).toBe('422 password.weak');
    expect((await confirm(token)).status).toBe(204);
  });

  describe('is not replaced by a link', () => {
    const refused = async (token: string) =>
      expect((await confirm(token)).outcome).toBe('401 token.rejected');

    it('that was used', async () => {
      const token = await linkOf(await stage.person());
      await confirm(token);
      await refused(token);
    });

    it('that is older than an hour', async () => {
      const token = await linkOf(await stage.person());
      await stage.server.advance(60 * MINUTE);
      await refused(token);
    });

    it('after another was asked for', async () => {
      const claire = await stage.person();
      const first = await linkOf(claire);
      await ask(claire.username);
      const second = await claire.tokenIn(RESET, 2);
      await refused(first);
      expect((await confirm(second)).status).toBe(204);
    });

    it('after the password was changed in another way', async () => {
      const claire = await stage.person();
      const browser = stage.visitor();
      await claire.signIn(browser);
      const token = await linkOf(claire);
      await browser.put('/api/account/password', {
        currentPassword: claire.password,
        newPassword: 'Six-Canards-Sous-Le-Pont-12',
      });
      await refused(token);
    });

    it('of a person who was deactivated since', async () => {
      const claire = await stage.person();
      const token = await linkOf(claire);
      await stage.database.execute("UPDATE account SET status = 'DEACTIVATED' WHERE id = ?", [claire.id]);
      await refused(token);
    });

    it('that is an invitation, a session, a sign-in or invalid', async () => {
      const claire = await stage.person();
      const browser = stage.visitor();
      await claire.signIn(browser);
      const invited = await stage.person({ status: 'INVITED' });
      await ask(invited.username);
      const [id, secret] = (await linkOf(claire)).split('.') as [string, string];
      const others = [
        await invited.tokenIn(INVITATION),
        browser.cookies.get('portillon_session')!,
        browser.cookies.get('portillon_browser')!,
        `${id}.${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
        `${id}.`,
        secret,
        "' OR '1'='1",
        '../../etc/passwd',
      ];
      for (const token of others) await refused(token);
    });

    it('that opens once, though sixteen present it', async () => {
      const claire = await stage.person();
      const token = await linkOf(claire);
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, index) => confirm(token, `${NEW_PASSWORD}-${index}`)),
      );
      const outcomes = answers.map((answer) => answer.outcome);
      expect(outcomes.filter((one) => one === '204')).toHaveLength(1);
      expect(outcomes.filter((one) => one !== '204')).toEqual(Array(15).fill('401 token.rejected'));
      claire.password = `${NEW_PASSWORD}-${outcomes.indexOf('204')}`;
      expect((await claire.givePassword(stage.visitor())).body.status).toBe('code-required');
    });
  });

  it('opens the lock of wrong passwords, never that of wrong codes', async () => {
    const claire = await stage.person();
    for (let turn = 0; turn < 10; turn++) {
      await claire.givePassword(stage.visitor(), 'not-the-password');
      await stage.server.advance(16 * MINUTE);
    }
    await claire.givePassword(stage.visitor(), 'not-the-password');
    expect((await claire.givePassword(stage.visitor())).outcome).toBe('429 attempts.exceeded');
    await confirm(await linkOf(claire));
    claire.password = NEW_PASSWORD;
    const browser = stage.visitor();
    expect((await claire.givePassword(browser)).body.status).toBe('code-required');

    await lockCodes(stage, claire, browser);
    const token = await (await ask(claire.username), claire.tokenIn(RESET, 2));
    await confirm(token, `${NEW_PASSWORD}-again`);
    claire.password = `${NEW_PASSWORD}-again`;
    expect((await claire.givePassword(stage.visitor())).outcome).toBe('429 attempts.exceeded');
  });

  it('sends an invited user the invitation again, and a deactivated one nothing', async () => {
    const invited = await stage.person({ status: 'INVITED' });
    const gone = await stage.person({ status: 'DEACTIVATED' });
    await ask(gone.username);
    await ask(invited.username);
    const token = await invited.tokenIn(INVITATION);
    expect((await confirm(token)).outcome).toBe('401 token.rejected');
    expect((await accept(token, 'motdepasse')).outcome).toBe('422 password.weak');
    expect((await accept(token)).status).toBe(204);
    expect((await accept(token)).outcome).toBe('401 token.rejected');
    invited.password = NEW_PASSWORD;
    expect((await invited.signIn(stage.visitor())).body.status).toBe('signed-in');
    expect(gone.notices()).toEqual([]);
  });

  it('sends each person of a shared mailbox a mail about their own account', async () => {
    const [one, other] = [await stage.person(), await stage.person()];
    await stage.database.execute('UPDATE account SET email = ?, emailKey = ? WHERE id = ?', [
      one.email,
      one.email,
      other.id,
    ]);
    await ask(one.email);
    await one.mailAbout(RESET, 2);
    const texts = stage.smtp.mails
      .map((mail) => mail.text ?? '')
      .filter((text) => text.includes('mot-de-passe#'));
    for (const person of [one, other])
      expect(texts.filter((text) => text.includes(person.username))).toHaveLength(1);
  });

  describe('reveals nothing to a stranger', () => {
    it('by the answer', async () => {
      const names = [
        'nobody.at.all',
        'nobody@nowhere.example',
        (await stage.person()).username,
        (await stage.person()).email,
        (await stage.person({ status: 'DEACTIVATED' })).username,
        (await stage.person({ status: 'INVITED' })).username,
      ];
      const answers = [];
      for (const name of names) answers.push(sight(await ask(name)));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    });

    it('by how often it may be asked', async () => {
      const known = await stage.person();
      for (const name of [known.username, 'nobody.asked']) {
        const visitor = stage.visitor();
        const outcomes = [];
        for (let turn = 0; turn < 61; turn++) outcomes.push((await ask(name, visitor)).outcome);
        expect(outcomes).toEqual([...Array(60).fill('202'), '429 attempts.exceeded']);
        expect((await ask(name, visitor)).body.title).toBe('Trop de demandes de mot de passe');
      }
      await known.mailAbout(RESET, 3);
      await settled(stage);
      expect(known.notices().filter((subject) => subject.includes(RESET))).toHaveLength(3);
    });

    it('by the codes that a victim still gets after a flood of requests', async () => {
      const claire = await stage.person();
      for (let turn = 0; turn < 30; turn++) await ask(claire.username);
      await settled(stage);
      expect((await claire.signIn(stage.visitor())).body.status).toBe('signed-in');
    });
  });

  it('leaves no token and no name that was typed in the log or the journal', async () => {
    const claire = await stage.person();
    const typed = 'My-Password-In-The-Wrong-Field';
    await ask(typed);
    const token = await linkOf(claire);
    await confirm(token);
    await confirm(token);
    const events = await stage.database.rows('SELECT * FROM auditEvent');
    const queued = await stage.database.rows('SELECT * FROM resetRequest');
    for (const secret of [token, token.split('.')[1]!, typed, NEW_PASSWORD])
      for (const place of [stage.server.lines.join('\n'), JSON.stringify(events), JSON.stringify(queued)])
        expect(place).not.toContain(secret);
  });
});

/** All that a stranger sees of an answer, but for what is new in each. */
function sight({ status, headers, body }: Answer): unknown {
  const { 'x-request-id': _id, date: _date, ...rest } = headers;
  return { status, headers: rest, body };
}

/** Until no account waits for a look-up or a mail any more. */
async function settled(stage: Stage): Promise<void> {
  const waiting = `SELECT (SELECT COUNT(*) FROM resetRequest)
    + (SELECT COUNT(*) FROM notification WHERE state IN ('PENDING', 'SENDING')) AS waiting`;
  for (let turn = 0; turn < 75; turn++) {
    const [row] = await stage.database.rows<{ waiting: number }>(waiting);
    if (Number(row!.waiting) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Ten wrong codes in a row. */
async function lockCodes(stage: Stage, person: Person, browser: Visitor): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    if (turn === 5) {
      await stage.server.advance(2 * MINUTE);
      await browser.post('/api/sign-in/code/resend', {});
    }
    await browser.post('/api/sign-in/code', { code: person.wrongCode() });
  }
}
