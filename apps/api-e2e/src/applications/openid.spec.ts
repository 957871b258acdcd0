import { concurrently } from '@portillon/testing/servers';
import { createLocalJWKSet, decodeProtectedHeader, JSONWebKeySet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import type { Answer } from '../harness/people/answer.types';
import { confirmSignOut, follow, interactionOf } from '../harness/applications/relying-party';
import { RelyingParty, REDIRECT_URI } from '../harness/applications/relying-party';
import type { Person } from '../harness/people/person';
import { STRUCTURE, useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const ORIGIN = 'https://orientation.test';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('an application behind the gate', () => {
  const stage = useStage();
  let orientation: RelyingParty;

  beforeAll(async () => {
    orientation = await RelyingParty.register(stage);
  });

  it('signs in a user who is already signed in here, without a page', async () => {
    const { person, browser } = await stage.signedIn();
    const tokens = await orientation.enter(browser);
    expect(tokens.claims()).toMatchObject({
      iss: 'http://portillon.test',
      sub: person.id,
      aud: orientation.id,
      acr: 'eidas1',
      amr: ['pwd', 'mail'],
      ...{ sid: expect.any(String), auth_time: expect.any(Number) },
    });
    expect((await browser.get('/api/session')).body.session.amr).toEqual(tokens.claims()!['amr']);
    const userinfo = await client.fetchUserInfo(orientation.configuration, tokens.access_token, person.id);
    expect(userinfo).toMatchObject({ sub: person.id, name: person.displayName });
  });

  it('shows the sign-in to a user who is not signed in, and continues afterwards', async () => {
    const person = await stage.person();
    const browser = stage.visitor();
    const { back: page, checks } = await orientation.leave(browser, { login_hint: person.username });
    expect(page.pathname).toBe('/');
    const path = `/api/oidc/interactions/${interactionOf(page)}`;
    expect((await browser.get(`${path}/details`)).body).toMatchObject({
      application: { id: orientation.id },
      prompt: 'sign-in',
      account: null,
      loginHint: person.username,
    });
    expect((await browser.post(`${path}/complete`, {})).outcome).toBe('401 session.required');
    await person.signIn(browser);
    const { redirectTo } = (await browser.post(`${path}/complete`, {})).body;
    const back = await follow(browser, redirectTo);
    expect(back.href).toContain(REDIRECT_URI);
    expect((await orientation.redeem({ back, checks })).claims()!.sub).toBe(person.id);
  });

  it('signs the ID token as the application chose, and lists the algorithms in discovery', async () => {
    const party = await RelyingParty.register(stage, { idTokenAlg: 'ES256' });
    const supported = party.configuration.serverMetadata()['id_token_signing_alg_values_supported'];
    expect(supported).toEqual(['RS256', 'ES256']);
    const keys = createLocalJWKSet((await (await party.fetch('/oidc/jwks')).json()) as JSONWebKeySet);
    const { browser } = await stage.signedIn();
    const chosen = await party.enter(browser);
    const others = await orientation.enter(browser);
    const headers = [chosen, others].map(({ id_token }) => decodeProtectedHeader(id_token!));
    expect(headers.map(({ alg }) => alg)).toEqual(['ES256', 'RS256']);
    await expect(jwtVerify(chosen.id_token!, keys, { audience: party.id })).resolves.toBeDefined();
  });

  it.each<[string, boolean]>([
    ['an application of the operator’s', true],
    ['an application that asks for consent', false],
  ])('lets sixteen tabs that enter %s at once all come in', async (_what, trusted) => {
    const party = await RelyingParty.register(stage, { trusted });
    const { person, browser } = await stage.signedIn();
    const enter = async () => {
      const tab = browser.copy();
      const { back, checks } = await party.leave(tab);
      if (trusted) return { back, checks };
      const path = `/api/oidc/interactions/${interactionOf(back)}/complete`;
      const { redirectTo } = (await tab.post(path, {})).body;
      return { back: await follow(tab, redirectTo), checks };
    };
    const ways = await concurrently(16, enter);
    const tokens = await concurrently(16, (index) => party.redeem(ways.results[index]!));
    expect([...ways.errors, ...tokens.errors].map(String)).toEqual([]);
    const used = await concurrently(16, async (index) => {
      const { access_token, refresh_token } = tokens.results[index]!;
      await client.fetchUserInfo(party.configuration, access_token, person.id);
      await client.refreshTokenGrant(party.configuration, refresh_token!);
    });
    expect(used.errors.map(String)).toEqual([]);
    expect(new Set(tokens.results.map((one) => one.claims()!['sid'])).size).toBe(1);
    const sql = "SELECT id FROM auditEvent WHERE accountId = ? AND name = 'application_entered'";
    expect(await stage.database.rows(sql, [person.id])).toHaveLength(1);
  });

  describe('that asks of a token', () => {
    const api = () => {
      const none = { redirectUris: [], postLogoutRedirectUris: [], scopes: '' };
      return RelyingParty.register(stage, { ...none, kind: 'resource', resources: ['https://api.test/'] });
    };

    it('gets no information about an opaque or refresh token of another application', async () => {
      const resource = await api();
      const { browser } = await stage.signedIn();
      const { access_token, refresh_token } = await orientation.enter(browser);
      for (const token of [access_token, refresh_token!]) {
        expect(await client.tokenIntrospection(resource.configuration, token)).toEqual({ active: false });
        const own = await client.tokenIntrospection(orientation.configuration, token);
        expect(own).toMatchObject({ active: true, client_id: orientation.id });
      }
    });

    it('hears that it is not active when the application that holds it was disabled', async () => {
      const resource = await api();
      const party = await RelyingParty.register(stage, { resources: ['https://api.test/'] });
      const { browser } = await stage.signedIn();
      const jwt = await party.enter(browser, { resource: 'https://api.test/' });
      const opaque = await party.enter(browser);
      await stage.database.execute("UPDATE application SET status = 'disabled' WHERE id = ?", [party.id]);
      for (const token of [jwt.access_token, opaque.access_token, opaque.refresh_token!])
        expect(await client.tokenIntrospection(resource.configuration, token)).toEqual({ active: false });
    });
  });

  describe('that a person may open no more', () => {
    let national: Visitor;

    beforeAll(async () => {
      national = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
    });

    const edit = async ({ id }: Person, changes: object) => {
      const { body } = await national.get(`/api/admin/accounts/${id}`);
      const headers = { 'if-match': `"${String(body.version)}"` };
      const answer = await national.patch(`/api/admin/accounts/${id}`, changes, { headers });
      expect(answer.status).toBe(200);
    };
    const narrow =
      (column: string, value: string) =>
      (_person: Person, { id }: RelyingParty) =>
        stage.database.execute(`UPDATE application SET ${column} = ? WHERE id = ?`, [value, id]);

    it.each<[string, (person: Person, party: RelyingParty) => Promise<unknown>]>([
      ['without the role', (person) => edit(person, { roles: ['professional'] })],
      ['in another structure', async (person) => edit(person, { structureId: await stage.structure() })],
      ['once it asks for a higher level', narrow('minAcr', 'eidas3')],
      ['once it is for others', narrow('audienceRoles', '["national-admin"]')],
    ])('gets neither their claims nor a new token %s', async (_what, lose) => {
      const audience = { audienceRoles: ['structure-admin'], structureId: STRUCTURE.id };
      const party = await RelyingParty.register(stage, { ...audience, resources: ['https://api.test/'] });
      const { person, browser } = await stage.signedIn({ role: 'structure-admin' });
      const { configuration } = party;
      const tokens = await party.enter(browser);
      const jwt = await party.enter(browser, { resource: 'https://api.test/' });
      const late = await party.leave(browser);
      await lose(person, party);
      const userinfo = client.fetchUserInfo(configuration, tokens.access_token, person.id);
      await expect(userinfo).rejects.toMatchObject({ status: 401 });
      const invalid = { error: 'invalid_grant' };
      const refresh = client.refreshTokenGrant(configuration, tokens.refresh_token!);
      await expect(refresh).rejects.toMatchObject(invalid);
      await expect(party.redeem(late)).rejects.toMatchObject(invalid);
      for (const token of [tokens.access_token, jwt.access_token])
        expect(await client.tokenIntrospection(configuration, token)).toEqual({ active: false });
    });
  });

  describe('that asks for more than it has', () => {
    it('receives the scopes that are granted to it, and their list', async () => {
      const party = await RelyingParty.register(stage, { scopes: 'openid profile', claimMail: true });
      const { person, browser } = await stage.signedIn();
      const { access_token, scope } = await party.enter(browser, { scope: 'openid profile email unknown' });
      expect(scope).toBe('openid profile');
      const userinfo = await client.fetchUserInfo(party.configuration, access_token, person.id);
      expect(userinfo).not.toHaveProperty('email');
    });

    it('gets only the name in the ID token, when its switch is on and its scope requests it', async () => {
      const { person, browser } = await stage.signedIn();
      const silent = await RelyingParty.register(stage, { claimNames: false });
      const named = await orientation.enter(browser, { scope: 'openid profile pro_sante' });
      expect(named.claims()).toMatchObject({ name: person.displayName, locale: 'fr' });
      expect(named.claims()).toMatchObject({ preferred_username: person.username });
      for (const tokens of [
        await silent.enter(browser),
        await orientation.enter(browser, { scope: 'openid pro_sante' }),
      ])
        for (const name of ['name', 'preferred_username', 'locale'])
          expect(tokens.claims()).not.toHaveProperty(name);
    });
  });

  it('of pages only lets scripts of the same pages read its tokens, even with cookies', async () => {
    const { id } = await RelyingParty.register(stage, { authMethod: 'none' });
    const form = { grant_type: 'authorization_code', code: 'x', redirect_uri: REDIRECT_URI, client_id: id };
    const permission = async (origin: string, method: 'POST' | 'OPTIONS') => {
      const headers = { ...FORM, origin, 'access-control-request-method': 'POST' };
      const raw = method === 'POST' ? new URLSearchParams(form).toString() : undefined;
      const answer = await stage.visitor().send(method, '/oidc/token', undefined, { raw, headers });
      const allowed = answer.headers as Record<string, string | undefined>;
      return [allowed['access-control-allow-origin'], allowed['access-control-allow-credentials']];
    };
    expect(await permission(ORIGIN, 'POST')).toEqual([ORIGIN, 'true']);
    expect(await permission('https://evil.test', 'POST')).toEqual([undefined, undefined]);
    // A form is posted without being asked for first: what any page may ask promises no cookie.
    expect((await permission('https://evil.test', 'OPTIONS'))[1]).toBeUndefined();
  });

  describe('in whose name a flood asks', () => {
    let pages: RelyingParty;

    beforeAll(async () => {
      pages = await RelyingParty.register(stage, { authMethod: 'none' });
    });

    const authorize = async (browser: Visitor) => {
      const { url } = await pages.request();
      return browser.get(`${url.pathname}${url.search}`);
    };
    const push = async (browser: Visitor, state = 'state') => {
      const { url } = await pages.request({ state });
      const raw = url.searchParams.toString();
      return browser.post('/oidc/par', undefined, { raw, headers: { ...FORM, origin: ORIGIN } });
    };
    const limits = async () =>
      (await stage.database.rows<{ id: string }>('SELECT id FROM rateLimit')).map(({ id }) => id);
    const rows = async () =>
      (await stage.database.rows<{ rows: number }>('SELECT COUNT(*) AS `rows` FROM openidArtifact'))[0]!.rows;

    /** As if all but one of those that an address may have written had been. */
    const nearlyFull = async (ask: () => Promise<Answer>) => {
      const before = await limits();
      await ask();
      const mine = (await limits()).filter((id) => !before.includes(id));
      expect(mine).toHaveLength(1);
      await stage.database.execute('UPDATE rateLimit SET hits = 2999 WHERE id = ?', mine);
    };

    it.each<[string, (browser: Visitor) => Promise<Answer>]>([
      ['requests that wait for a person', authorize],
      ['requests that are pushed', push],
    ])('writes 3,000 %s in ten minutes, and others are served', async (_what, ask) => {
      const browser = stage.visitor({ accept: 'text/html' });
      await nearlyFull(() => ask(browser));
      expect((await ask(browser)).status).toBeLessThan(400);
      const before = await rows();
      const refused = await ask(browser);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(refused.headers.location).toBeUndefined();
      expect(refused.text).toContain('Attendez quelques minutes');
      expect(await rows()).toBe(before);
      expect((await ask(stage.visitor())).status).toBeLessThan(400);
    });

    it('writes no more of a browser that is asked whether to sign out, and answers it', async () => {
      const browser = stage.visitor();
      const ask = () => browser.copy().get('/oidc/logout');
      await nearlyFull(ask);
      await ask();
      const before = await rows();
      const page = await ask();
      expect(await rows()).toBe(before);
      expect((await confirmSignOut(browser, page.text)).text).toContain('Vous êtes déconnecté');
    });

    it('is released by every signed-in user', async () => {
      const person = await stage.person();
      const browser = stage.visitor();
      await nearlyFull(() => authorize(browser));
      const { back: page } = await pages.leave(browser);
      await person.signIn(browser);
      const { redirectTo } = (
        await browser.post(`/api/oidc/interactions/${interactionOf(page)}/complete`, {})
      ).body;
      await follow(browser, redirectTo);
      expect((await authorize(browser.copy())).status).toBe(303);
    });

    it('gets a readable refusal for a request that is too long to store', async () => {
      expect((await push(stage.visitor(), 'x'.repeat(2_048))).status).toBe(201);
      const pushed = await push(stage.visitor(), 'x'.repeat(54_000));
      expect(pushed).toMatchObject({
        status: 400,
        body: { error: 'invalid_request', error_description: 'state is longer than 2048 characters' },
      });
      for (const name of ['state', 'nonce', 'login_hint']) {
        const { url } = await pages.request({ [name]: 'x'.repeat(2_049) });
        const page = await stage.visitor().get(`${url.pathname}${url.search}`, {
          headers: { accept: 'text/html' },
        });
        expect([page.status, page.headers.location]).toEqual([400, undefined]);
        expect(page.text).toContain('Cette demande ne peut pas aboutir');
      }
    });
  });
});
