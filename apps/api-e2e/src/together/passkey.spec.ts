import { decodeJwt } from 'jose';
import { concurrently, SoftAuthenticator } from '@portillon/testing/servers';
import { addPasskey } from '../harness/people/add-passkey';
import { ageSession } from '../harness/people/age-session';
import { eventually } from '../harness/server/eventually';
import { PASSWORD, Person } from '../harness/people/person';
import { follow, interactionOf, RelyingParty } from '../harness/applications/relying-party';
import { EVERY_FACTOR, useSharedStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const ORIGIN = 'http://portillon.test';
const MANY = 16;

const stage = useSharedStage(EVERY_FACTOR);

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

  it('are published to no other origin, unless one is named', async () => {
    expect((await stage.visitor().get('/.well-known/webauthn')).outcome).toBe('404 not-found');
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

  it('are asked for alike of a browser where one was added and of a stranger’s', async () => {
    const { browser } = await signedInWithKey();
    const asked = async (visitor: Visitor) => {
      const { status, body } = await visitor.post('/api/sign-in/passkey/options', {});
      return { status, shared: body.shared, options: { ...body.options, challenge: '' } };
    };
    const ofStranger = await asked(stage.visitor());
    expect(ofStranger.options.allowCredentials ?? []).toEqual([]);
    expect(await asked(browser)).toEqual(ofStranger);
  });

  it('open one session when one answer comes 16 times at once', async () => {
    const { person, key } = await signedInWithKey();
    const visitor = stage.visitor();
    const { body } = await visitor.post('/api/sign-in/passkey/options', {});
    const credential = key.get(body.options);
    const twins = Array.from({ length: MANY }, () => visitor.copy());
    const { results } = await concurrently(MANY, (index) =>
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

  it('whose counter went back are refused, and the account holder is notified', async () => {
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
    await ageSession(stage, person, 'signedInAt');
    expect((await ask()).outcome).toBe('401 password.confirmation-required');
    expect((await ask('not the password')).outcome).toBe('422 password.wrong');
    await ageSession(stage, person, 'authenticatedAt');
    expect((await ask(PASSWORD)).outcome).toBe('401 reauthentication.required');
    await browser.post('/api/session/challenge', {});
    await browser.post('/api/session/challenge/code', { code: person.codeInMail() });
    expect((await ask()).outcome).toBe('401 password.confirmation-required');
    expect((await ask(PASSWORD)).outcome).toBe('200');
  });

  it('confirm a sensitive act in their own session, and in no other', async () => {
    const { person, browser, key, id } = await signedInWithKey();
    const { key: another } = await signedInWithKey();
    await ageSession(stage, person, 'authenticatedAt');
    expect((await browser.delete(`/api/account/passkeys/${id}`)).outcome).toBe(
      '401 reauthentication.required',
    );
    const begin = async () => (await browser.post('/api/session/challenge/passkey/options', {})).body.options;
    const confirm = (credential: unknown) => browser.post('/api/session/challenge/passkey', { credential });
    expect((await confirm(another.get(await begin()))).outcome).toBe('401 passkey.rejected');
    expect((await confirm(key.get(await begin()))).outcome).toBe('200');
    expect((await browser.delete(`/api/account/passkeys/${id}`)).outcome).toBe('204');
  });

  it('are not renewed by a code from the mailbox: each proof keeps its own time', async () => {
    const orientation = await RelyingParty.register(stage, { resources: ['https://api.test/'] });
    const { person, key } = await signedInWithKey();
    const thief = stage.visitor();
    await signIn(thief, key);
    await ageSession(stage, person, 'signedInAt');
    await ageSession(stage, person, 'authenticatedAt');
    await thief.post('/api/session/challenge', {});
    const given = await thief.post('/api/session/challenge/code', { code: person.codeInMail() });
    expect(given.outcome).toBe('200');

    const asked = { acr_values: 'phr', max_age: '60', resource: 'https://api.test/' };
    const way = await orientation.leave(thief, asked);
    const path = `/api/oidc/interactions/${interactionOf(way.back)}`;
    expect((await thief.get(`${path}/details`)).body).toMatchObject({ prompt: 'step-up' });
    expect((await thief.post(`${path}/complete`, {})).outcome).toBe('401 reauthentication.required');

    const ago = (claims: Record<string, unknown>) => Date.now() / 1_000 - Number(claims['auth_time']);
    const old = await orientation.enter(thief, { resource: 'https://api.test/' });
    const ofPasskey = { acr: 'eidas1-mfa', amr: ['hwk', 'user', 'mfa'] };
    for (const claims of [old.claims()!, decodeJwt(old.access_token)]) {
      expect(claims).toMatchObject(ofPasskey);
      expect(ago(claims)).toBeGreaterThan(300);
    }
    const fresh = await orientation.enter(thief, { max_age: '60', resource: 'https://api.test/' });
    for (const claims of [fresh.claims()!, decodeJwt(fresh.access_token)]) {
      expect(claims).toMatchObject({ acr: 'eidas1', amr: ['mail'] });
      expect(ago(claims)).toBeLessThan(300);
    }

    const { body } = await thief.post('/api/session/challenge/passkey/options', {});
    await thief.post('/api/session/challenge/passkey', { credential: key.get(body.options) });
    const { redirectTo } = (await thief.post(`${path}/complete`, {})).body;
    const back = await follow(thief, redirectTo);
    const renewed = (await orientation.redeem({ back, checks: way.checks })).claims()!;
    expect(renewed).toMatchObject(ofPasskey);
    expect(ago(renewed)).toBeLessThan(60);
  });

  it('are renamed and removed by the account holder only, and then refused', async () => {
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

  it('are attested face to face, and ended, only by an administrator of the structure', async () => {
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
