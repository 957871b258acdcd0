import { atOnce, SoftAuthenticator } from '@portillon/testing/servers';
import { addPasskey } from './harness/add-passkey';
import { AuthenticatorApp, describeWithOathtool } from './harness/authenticator-app';
import { eventually } from './harness/eventually';
import { PASSWORD, Person } from './harness/person';
import { useStage } from './harness/stage';
import type { Visitor } from './harness/visitor';

const ORIGIN = 'http://portillon.test';
const MANY = 16;

const stage = useStage({ environment: { PASSKEYS: 'on', TOTP: 'on', TEST_TURN_MS: '250' } });

/** As if these moments of the person's session were six minutes ago. */
const age = (person: Person, column: string) =>
  stage.database.execute(`UPDATE session SET ${column} = ? WHERE accountId = ?`, [
    new Date(Date.now() - 6 * 60_000),
    person.id,
  ]);

describe('passkeys', () => {
  async function signedInWithKey() {
    const { person, browser } = await stage.signedIn();
    const { key, added } = await addPasskey(browser, new SoftAuthenticator(ORIGIN));
    return { person, browser, key, id: added.body.id as string };
  }
  async function signIn(visitor: Visitor, key: SoftAuthenticator, otherwise = {}) {
    const { body } = await visitor.post('/api/sign-in/passkey/options', {});
    return visitor.post('/api/sign-in/passkey', { credential: key.get(body.options, otherwise) });
  }
  const lines = (person: Person, name: string) =>
    stage.database.rows('SELECT reason, means FROM auditEvent WHERE accountId = ? AND name = ? ORDER BY id', [
      person.id,
      name,
    ]);
  const hears = (person: Person, subject: string) => person.notices().some((one) => one.includes(subject));

  it('are offered where the operator says so', async () => {
    const { body } = await stage.visitor().get('/api/sign-in/means');
    expect(body.means).toContainEqual({ id: 'passkey', available: true });
  });

  it('are added after password and code, notified by mail, and sign in without a code elsewhere', async () => {
    const { person, key } = await signedInWithKey();
    await eventually('a mail of the passkey', () => hears(person, 'une clé d’accès ouvre votre compte'));
    const elsewhere = stage.visitor();
    const codes = person.mailCount();
    const answer = await signIn(elsewhere, key);
    expect(answer.body.session).toMatchObject({
      means: 'passkey',
      amr: ['hwk', 'user', 'mfa'],
      codeValidUntil: null,
      account: { id: person.id },
    });
    expect(person.mailCount()).toBe(codes);
    expect((await elsewhere.get('/api/account/passkeys')).body.items).toMatchObject([
      { name: 'Clé de bureau', kind: 'device', identityProof: null },
    ]);
    expect(elsewhere.cookies.has('portillon_passkey')).toBe(false);
  });

  it('open one session when one answer comes 16 times at once', async () => {
    const { person, key } = await signedInWithKey();
    const visitor = stage.visitor();
    const { body } = await visitor.post('/api/sign-in/passkey/options', {});
    const credential = key.get(body.options);
    const twins = Array.from({ length: MANY }, () => visitor.copy());
    const { results } = await atOnce(MANY, (index) =>
      twins[index]!.post('/api/sign-in/passkey', { credential }),
    );
    const outcomes = results.map(({ outcome }) => outcome).sort();
    expect(outcomes.filter((one) => one === '200')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['200', '401 passkey.rejected']));
    const sessions = await stage.database.rows(
      "SELECT id FROM session WHERE accountId = ? AND means = 'passkey'",
      [person.id],
    );
    expect(sessions).toHaveLength(1);
  });

  it('that one server asked for are taken by another', async () => {
    const { key } = await signedInWithKey();
    const other = await stage.anotherServer();
    const visitor = stage.visitor();
    const { body } = await visitor.post('/api/sign-in/passkey/options', {});
    const credential = key.get(body.options);
    expect((await visitor.through(other.url).post('/api/sign-in/passkey', { credential })).outcome).toBe(
      '200',
    );
    expect((await visitor.post('/api/sign-in/passkey', { credential })).outcome).toBe('401 passkey.rejected');
  });

  it('are refused in one way to a thief of the challenge, a look-alike page and a closed account', async () => {
    const { person, key } = await signedInWithKey();
    const visitor = stage.visitor();
    const { body } = await visitor.post('/api/sign-in/passkey/options', {});
    const credential = key.get(body.options);
    expect((await stage.visitor().post('/api/sign-in/passkey', { credential })).outcome).toBe(
      '401 passkey.rejected',
    );
    expect((await signIn(visitor, key, { origin: 'http://portillon.example' })).outcome).toBe(
      '401 passkey.rejected',
    );
    await stage.database.execute("UPDATE account SET status = 'DEACTIVATED' WHERE id = ?", [person.id]);
    expect((await signIn(visitor, key)).outcome).toBe('401 passkey.rejected');
    expect(await lines(person, 'authn_login_fail')).toEqual([
      { reason: 'passkey-not-verified', means: 'passkey' },
      { reason: 'deactivated', means: 'passkey' },
    ]);
    expect((await signIn(visitor, new SoftAuthenticator(ORIGIN))).outcome).toBe('401 passkey.unknown');
    expect((await visitor.post('/api/sign-in/passkey', { credential: { id: 1 } })).outcome).toBe(
      '422 validation.failed',
    );
  });

  it('whose counter went back open nothing, and their person is notified', async () => {
    const { person, key } = await signedInWithKey();
    const visitor = stage.visitor();
    expect((await signIn(visitor, key)).outcome).toBe('200');
    expect((await signIn(stage.visitor(), key, { counter: 1 })).outcome).toBe('401 passkey.rejected');
    await eventually('a mail of the refusal', () => hears(person, 'une clé d’accès a été refusée'));
  });

  it('are not added by a stolen session: the code must be fresh, and the password too', async () => {
    const { person, browser } = await stage.signedIn();
    const ask = (currentPassword?: string) =>
      browser.post('/api/account/passkeys/options', { currentPassword });
    await age(person, 'signedInAt');
    expect((await ask()).outcome).toBe('401 password.confirmation-required');
    expect((await ask('not the password')).outcome).toBe('422 password.wrong');
    await age(person, 'authenticatedAt');
    expect((await ask(PASSWORD)).outcome).toBe('401 reauthentication.required');
    await browser.post('/api/session/challenge', {});
    await browser.post('/api/session/challenge/code', { code: person.codeInMail() });
    expect((await ask()).outcome).toBe('401 password.confirmation-required');
    expect((await ask(PASSWORD)).outcome).toBe('200');
  });

  it('confirm a sensitive act in their own session, and in no other', async () => {
    const { person, browser, key, id } = await signedInWithKey();
    const { key: another } = await signedInWithKey();
    await age(person, 'authenticatedAt');
    expect((await browser.delete(`/api/account/passkeys/${id}`)).outcome).toBe(
      '401 reauthentication.required',
    );
    const begin = async () => (await browser.post('/api/session/challenge/passkey/options', {})).body.options;
    const confirm = (credential: unknown) => browser.post('/api/session/challenge/passkey', { credential });
    expect((await confirm(another.get(await begin()))).outcome).toBe('401 passkey.rejected');
    expect((await confirm(key.get(await begin()))).outcome).toBe('200');
    expect((await browser.delete(`/api/account/passkeys/${id}`)).outcome).toBe('204');
  });

  it('are renamed and removed by their person alone, and then open nothing', async () => {
    const { person, browser, key, id } = await signedInWithKey();
    const elsewhere = stage.visitor();
    await signIn(elsewhere, key);
    const { browser: stranger } = await stage.signedIn();
    expect((await stranger.delete(`/api/account/passkeys/${id}`)).outcome).toBe('404 not-found');
    expect((await browser.patch(`/api/account/passkeys/${id}`, { name: 'Téléphone' })).outcome).toBe('204');
    expect((await browser.get('/api/account/passkeys')).body.items).toMatchObject([{ name: 'Téléphone' }]);
    expect((await browser.delete(`/api/account/passkeys/${id}`)).outcome).toBe('204');
    expect((await elsewhere.get('/api/session')).outcome).toBe('401 session.required');
    expect((await signIn(stage.visitor(), key)).outcome).toBe('401 passkey.unknown');
    expect(await lines(person, 'passkey_removed')).toHaveLength(1);
  });

  it('are attested face to face by an administrator, who ends them too, of the own structure alone', async () => {
    const { person, browser, key, id } = await signedInWithKey();
    const path = `/api/admin/accounts/${person.id}`;
    const { person: hugo, browser: administrator } = await stage.signedIn({ role: 'structure-admin' });
    expect((await administrator.get(`${path}/means`)).body.passkeys).toMatchObject([
      { id, name: 'Clé de bureau', kind: 'device', identityProof: null, lastUsedAt: null },
    ]);
    const attest = (reason?: string) => administrator.post(`${path}/passkeys/${id}/identity`, { reason });
    expect((await attest()).outcome).toBe('422 validation.failed');
    const attested = await attest('badge et carte d’identité');
    expect(attested.body.passkeys).toMatchObject([{ identityProof: 'in-person' }]);
    expect((await attest('encore')).outcome).toBe('409 account.state');
    await eventually('a mail of the proof', () => hears(person, 'votre identité est attestée'));
    expect((await browser.get('/api/account/passkeys')).body.items).toMatchObject([
      { identityProof: 'in-person' },
    ]);

    const { key: own, added } = await addPasskey(administrator, new SoftAuthenticator(ORIGIN));
    const onSelf = `/api/admin/accounts/${hugo.id}/passkeys/${added.body.id as string}/identity`;
    expect((await administrator.post(onSelf, { reason: 'moi' })).outcome).toBe('409 act.on-self');
    expect((await signIn(stage.visitor(), own)).outcome).toBe('200');

    const ended = await administrator.post(`${path}/passkeys/${id}/end`, { reason: 'perdue' });
    expect(ended.body.passkeys).toEqual([]);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    expect((await signIn(stage.visitor(), key)).outcome).toBe('401 passkey.unknown');
    const elsewhere = await stage.structure();
    const { browser: stranger } = await stage.signedIn({ role: 'structure-admin', structureId: elsewhere });
    for (const act of ['identity', 'end'])
      expect((await stranger.post(`${path}/passkeys/${id}/${act}`, { reason: 'x' })).outcome).toBe(
        '404 not-found',
      );
  });

  it('are of one domain: a server that would move them does not start', async () => {
    await signedInWithKey();
    const moved = await stage.command(['serve'], undefined, { PUBLIC_URL: 'http://gate.example' });
    expect(moved.code).not.toBe(0);
    expect(moved.output).toContain('people have passkeys for portillon.test');
  });
});

describeWithOathtool('an authenticator app', () => {
  async function signedInWithApp() {
    const { person, browser } = await stage.signedIn();
    return { person, browser, app: await AuthenticatorApp.add(stage, person, browser) };
  }
  /** A browser in which the password of this person was given. */
  async function afterPassword(person: Person) {
    const visitor = stage.visitor();
    return { visitor, begun: await person.givePassword(visitor) };
  }
  const give = (visitor: Visitor, code: string) => visitor.post('/api/sign-in/totp', { code });

  it('gives the code of a sign-in, and no message leaves; then its browser is remembered', async () => {
    const { person, browser, app } = await signedInWithApp();
    await eventually('a mail of the app', () =>
      person.notices().some((one) => one.includes('une application d’authentification donne vos codes')),
    );
    expect((await browser.get('/api/account/totp')).body).toMatchObject({ offered: true });
    const mails = person.mailCount();
    const { visitor, begun } = await afterPassword(person);
    expect(begun.body).toEqual({ status: 'code-required', challenge: null, alternatives: ['totp', 'EMAIL'] });
    const code = app.code();
    const answer = await give(visitor, code);
    expect(answer.body.session).toMatchObject({ means: 'password', amr: ['pwd', 'otp'] });
    expect(answer.body.session.codeValidUntil).not.toBeNull();
    expect((await visitor.delete('/api/session')).outcome).toBe('204');
    expect((await person.givePassword(visitor)).body.status).toBe('signed-in');
    expect(person.mailCount()).toBe(mails);
    expect((await give((await afterPassword(person)).visitor, code)).outcome).toBe('401 totp.rejected');
  });

  it('opens one session when one code comes 16 times at once', async () => {
    const { person, app } = await signedInWithApp();
    const { visitor } = await afterPassword(person);
    const code = app.code();
    const twins = Array.from({ length: MANY }, () => visitor.copy());
    const { results } = await atOnce(MANY, (index) => give(twins[index]!, code));
    expect(results.filter(({ outcome }) => outcome === '200')).toHaveLength(1);
  });

  it('is guessed ten times, then locked with the codes that are sent, whatever browser guesses', async () => {
    const { person, app } = await signedInWithApp();
    for (let guess = 1; guess < 10; guess++) {
      const { visitor } = await afterPassword(person);
      expect((await give(visitor, app.wrongCode())).outcome).toBe('401 totp.rejected');
    }
    const { visitor } = await afterPassword(person);
    expect((await give(visitor, app.wrongCode())).outcome).toBe('429 attempts.exceeded');
    expect((await give(visitor, app.code())).outcome).toBe('429 attempts.exceeded');
    expect((await visitor.post('/api/sign-in/code/resend', {})).outcome).toBe('429 attempts.exceeded');
  });

  it('gives way to a message that its person asks for, whose code opens too', async () => {
    const { person } = await signedInWithApp();
    const { visitor } = await afterPassword(person);
    expect((await visitor.post('/api/sign-in/code/resend', { channel: 'EMAIL' })).outcome).toBe('202');
    expect((await visitor.post('/api/sign-in/code', { code: person.codeInMail() })).outcome).toBe('200');
  });

  it('tells nothing to who gave no password, and opens no other person’s sign-in', async () => {
    const { app } = await signedInWithApp();
    expect((await give(stage.visitor(), app.code())).outcome).toBe('401 sign-in.required');
    const { visitor } = await afterPassword(await stage.person());
    expect((await give(visitor, app.code())).outcome).toBe('401 totp.rejected');
  });

  it('confirms a sensitive act, and is added by no stolen session', async () => {
    const { person, browser, app } = await signedInWithApp();
    await age(person, 'authenticatedAt');
    expect((await browser.delete('/api/account/totp')).outcome).toBe('401 reauthentication.required');
    expect((await browser.post('/api/session/challenge', {})).body).toEqual({
      challenge: null,
      alternatives: ['totp', 'EMAIL'],
    });
    expect((await browser.post('/api/session/challenge/totp', { code: app.code() })).outcome).toBe('200');
    expect((await browser.post('/api/account/totp', {})).outcome).toBe('409 totp.exists');
    expect((await browser.delete('/api/account/totp')).outcome).toBe('204');
    expect((await afterPassword(person)).begun.body.challenge).toMatchObject({ channel: 'EMAIL' });
    await age(person, 'signedInAt');
    expect((await browser.post('/api/account/totp', {})).outcome).toBe('401 password.confirmation-required');
  });

  it('ends when an administrator resets the factors of its person', async () => {
    const { person, app } = await signedInWithApp();
    const { browser: administrator } = await stage.signedIn({ role: 'structure-admin' });
    const path = `/api/admin/accounts/${person.id}/reset-factors`;
    expect((await administrator.post(path, { reason: 'perdu' })).outcome).toBe('200');
    const { visitor, begun } = await afterPassword(person);
    expect(begun.body.challenge).toMatchObject({ channel: 'EMAIL' });
    expect((await give(visitor, app.code())).outcome).toBe('401 totp.rejected');
  });
});
