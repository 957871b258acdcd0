import { generateKeyPair, SignJWT } from 'jose';
import * as client from 'openid-client';
import { follow, interactionOf, RelyingParty } from '../harness/applications/relying-party';
import { useStage } from '../harness/server/stage';

/** The contract with a pinned `oidc-provider`, of which statics are overlaid: docs/adr/0028. */
describe('one session and not two', () => {
  const stage = useStage();
  let orientation: RelyingParty;

  /** An API, with the audience that access tokens for it have. */
  const apiOf = (audience: string) => {
    const none = { redirectUris: [], postLogoutRedirectUris: [], scopes: '' };
    return RelyingParty.register(stage, { ...none, kind: 'resource', resources: [audience] });
  };

  beforeAll(async () => {
    orientation = await RelyingParty.register(stage);
  });

  it('ends every token with the session, by look-up', async () => {
    const { person, browser } = await stage.signedIn();
    const { configuration } = orientation;
    const tokens = await orientation.enter(browser);
    const again = await client.refreshTokenGrant(configuration, tokens.refresh_token!);
    await browser.delete('/api/session');
    await expect(client.fetchUserInfo(configuration, again.access_token, person.id)).rejects.toThrow();
    await expect(client.refreshTokenGrant(configuration, again.refresh_token!)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    expect(await client.tokenIntrospection(configuration, again.access_token)).toMatchObject({
      active: false,
    });
  });

  it('gives a refresh token only to an application with offlineAccess, and refuses it once that is off', async () => {
    const party = await RelyingParty.register(stage, { offlineAccess: false });
    const sql = 'UPDATE application SET offlineAccess = ? WHERE id = ?';
    const { browser } = await stage.signedIn();
    expect(await party.enter(browser)).not.toHaveProperty('refresh_token');
    await stage.database.execute(sql, [1, party.id]);
    const { refresh_token: token } = await party.enter(browser);
    await stage.database.execute(sql, [0, party.id]);
    await expect(client.refreshTokenGrant(party.configuration, token!)).rejects.toMatchObject({
      error: 'invalid_request',
      error_description: 'requested grant type is not allowed for this client',
    });
  });

  it('ends one application’s data when a person signs out of it, and keeps their session', async () => {
    const other = await RelyingParty.register(stage);
    const { person, browser } = await stage.signedIn();
    const { configuration } = orientation;
    const [mine, kept] = [await orientation.enter(browser), await other.enter(browser)];
    const path = `/api/account/applications/${orientation.id}`;
    const seen = async () => {
      const { items } = (await browser.get('/api/account/applications')).body;
      return items.find(({ id }: { id: string }) => id === orientation.id);
    };
    expect(await seen()).toMatchObject({ signedIn: true, lastUsedAt: expect.any(String) });
    const way = await orientation.leave(browser);
    expect((await (await stage.signedIn()).browser.delete(path)).outcome).toBe('404 not-found');
    expect((await stage.visitor().delete(path)).outcome).toBe('401 session.required');

    expect((await browser.delete(path)).status).toBe(204);
    expect(await seen()).toMatchObject({ signedIn: false, lastUsedAt: expect.any(String) });
    const invalid = { error: 'invalid_grant' };
    await expect(client.refreshTokenGrant(configuration, mine.refresh_token!)).rejects.toMatchObject(invalid);
    await expect(orientation.redeem(way)).rejects.toMatchObject(invalid);
    await expect(client.fetchUserInfo(configuration, mine.access_token, person.id)).rejects.toThrow();
    expect((await browser.delete(path)).outcome).toBe('404 not-found');
    const sql = "SELECT data FROM auditEvent WHERE name = 'application_left' AND accountId = ?";
    const [line] = await stage.database.rows<{ data: string }>(sql, [person.id]);
    expect(JSON.parse(line!.data)).toEqual({ application: orientation.id });

    await client.fetchUserInfo(other.configuration, kept.access_token, person.id);
    const again = await orientation.enter(browser, { prompt: 'none' });
    expect(again.claims()!['sid']).not.toBe(mine.claims()!['sid']);
  });

  it('ends the code with the session', async () => {
    const { browser } = await stage.signedIn();
    const way = await orientation.leave(browser);
    await browser.delete('/api/session');
    await expect(orientation.redeem(way)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('ends a JWT too, for the API that asks (RFC 7662)', async () => {
    const api = await apiOf('https://api.test/');
    const other = await apiOf('https://other.test/');
    const party = await RelyingParty.register(stage, { resources: ['https://api.test/'] });
    const { person, browser } = await stage.signedIn();
    const { access_token: token } = await party.enter(browser, { resource: 'https://api.test/' });
    expect(token).toMatch(/^ey/);
    expect(await client.tokenIntrospection(api.configuration, token)).toMatchObject({
      active: true,
      sub: person.id,
      client_id: party.id,
      aud: 'https://api.test/',
      acr: 'eidas1',
      token_type: 'Bearer',
    });
    expect(await client.tokenIntrospection(party.configuration, token)).toMatchObject({ active: true });
    expect(await client.tokenIntrospection(other.configuration, token)).toEqual({ active: false });
    expect(await client.tokenIntrospection(orientation.configuration, token)).toEqual({ active: false });
    await browser.delete('/api/session');
    expect(await client.tokenIntrospection(api.configuration, token)).toEqual({ active: false });
  });

  it('ends a JWT with the refresh token that is revoked (RFC 7009)', async () => {
    const api = await apiOf('https://api.test/');
    const party = await RelyingParty.register(stage, { resources: ['https://api.test/'] });
    const { browser } = await stage.signedIn();
    const tokens = await party.enter(browser, { resource: 'https://api.test/' });
    const { access_token: token, refresh_token } = tokens;
    await expect(client.tokenRevocation(party.configuration, token)).rejects.toMatchObject({
      error: 'unsupported_token_type',
    });
    await client.tokenRevocation(party.configuration, refresh_token!);
    expect(await client.tokenIntrospection(api.configuration, token)).toEqual({ active: false });
  });

  it('reports a forged JWT as inactive, and refuses an application that does not authenticate', async () => {
    const api = await apiOf('https://api.test/');
    const { privateKey } = await generateKeyPair('RS256');
    const claims = {
      iss: 'http://portillon.test',
      aud: 'https://api.test/',
      sub: 'x',
      client_id: orientation.id,
    };
    const forged = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt' });
    const token = await forged.setIssuedAt().setExpirationTime('1h').sign(privateKey);
    expect(await client.tokenIntrospection(api.configuration, token)).toEqual({ active: false });
    const body = new URLSearchParams({ token, client_id: api.id, client_secret: 'wrong' }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const refused = await api.fetch('/oidc/introspect', { method: 'POST', headers, body });
    expect(refused.status).toBe(401);
  });

  it('gives the next person in the same browser their own identity', async () => {
    const { browser } = await stage.signedIn();
    const first = await orientation.enter(browser);
    await browser.delete('/api/session');
    const paul = await stage.person();
    await paul.signIn(browser);
    const second = await orientation.enter(browser);
    expect(second.claims()!.sub).toBe(paul.id);
    expect(second.claims()!['sid']).not.toBe(first.claims()!['sid']);
  });

  it('answers an application that must show no page', async () => {
    const { back } = await orientation.leave(stage.visitor(), { prompt: 'none' });
    expect(back.searchParams.get('error')).toBe('login_required');
    expect(back.searchParams.get('iss')).toBe('http://portillon.test');
    const { browser } = await stage.signedIn();
    expect((await orientation.enter(browser, { prompt: 'none' })).claims()!.sub).toBeDefined();
  });

  it('requires a new proof when the application does, and uses the new one', async () => {
    const { person, browser } = await stage.signedIn();
    await stage.server.advance(2_000);
    const { back: page, checks } = await orientation.leave(browser, { prompt: 'login' });
    const path = `/api/oidc/interactions/${interactionOf(page)}`;
    expect((await browser.get(`${path}/details`)).body).toMatchObject({ prompt: 'step-up' });
    expect((await browser.post(`${path}/complete`, {})).outcome).toBe('401 reauthentication.required');
    await stage.server.advance(60_000);
    await browser.post('/api/session/challenge', {});
    await browser.post('/api/session/challenge/code', { code: person.codeInMail() });
    const { redirectTo } = (await browser.post(`${path}/complete`, {})).body;
    const tokens = await orientation.redeem({ back: await follow(browser, redirectTo), checks });
    expect(tokens.claims()!.sub).toBe(person.id);
  });

  it('reports an unreached level to the application, without a redirect loop', async () => {
    const { browser } = await stage.signedIn();
    const { back: page } = await orientation.leave(browser, { acr_values: 'eidas3' });
    const path = `/api/oidc/interactions/${interactionOf(page)}`;
    const details = (await browser.get(`${path}/details`)).body;
    expect(details).toMatchObject({ prompt: 'step-up', requiredAcr: 'eidas3' });
    expect((await browser.post(`${path}/complete`, {})).outcome).toBe('401 reauthentication.required');
    const { redirectTo } = (await browser.post(`${path}/refuse`, {})).body;
    const back = await follow(browser, redirectTo);
    expect(back.searchParams.get('error')).toBe('unmet_authentication_requirements');
  });

  it('offers no code by mail where two factors are asked, and one by SMS where a number is proved', async () => {
    const { person, browser } = await stage.signedIn();
    const way = await orientation.leave(browser, { acr_values: 'eidas1-mfa' });
    const path = `/api/oidc/interactions/${interactionOf(way.back)}`;
    const details = async () => (await browser.get(`${path}/details`)).body;
    expect(await details()).toMatchObject({ prompt: 'step-up', means: ['cpx', 'passkey'], codes: [] });
    await person.setUpPhone(browser, { prefer: false });
    expect(await details()).toMatchObject({ codes: ['SMS'] });

    await browser.post('/api/session/challenge', { channel: 'SMS' });
    await browser.post('/api/session/challenge/code', { code: person.codeInSms() });
    const { redirectTo } = (await browser.post(`${path}/complete`, {})).body;
    const back = await follow(browser, redirectTo);
    const tokens = await orientation.redeem({ back, checks: way.checks });
    expect(tokens.claims()).toMatchObject({ acr: 'eidas1-mfa', amr: ['pwd', 'sms', 'mfa'] });
  });

  it('refuses a level that no sign-in here reaches', async () => {
    const { browser } = await stage.signedIn();
    const { back } = await orientation.leave(browser, { acr_values: 'urn:unknown' });
    expect(back.searchParams.get('error')).toBe('unmet_authentication_requirements');
  });

  it('refuses a user outside the audience of the application', async () => {
    const admins = await RelyingParty.register(stage, { audienceRoles: ['national-admin'] });
    const { browser } = await stage.signedIn();
    const { back } = await admins.leave(browser);
    expect(back.searchParams.get('error')).toBe('access_denied');
  });

  it('asks which user continues, once per session, on a shared browser', async () => {
    const shared = await RelyingParty.register(stage, { confirmIdentity: true });
    const { person, browser } = await stage.signedIn();
    const { back: page, checks } = await shared.leave(browser);
    const path = `/api/oidc/interactions/${interactionOf(page)}`;
    const details = (await browser.get(`${path}/details`)).body;
    expect(details).toMatchObject({
      prompt: 'confirm-identity',
      account: { displayName: person.displayName },
    });
    const { redirectTo } = (await browser.post(`${path}/complete`, {})).body;
    await shared.redeem({ back: await follow(browser, redirectTo), checks });
    expect((await shared.enter(browser)).claims()!.sub).toBe(person.id);
  });

  it('asks for consent where the application is not the operator’s own', async () => {
    const foreign = await RelyingParty.register(stage, { trusted: false });
    const { browser } = await stage.signedIn();
    const { back: page, checks } = await foreign.leave(browser);
    const path = `/api/oidc/interactions/${interactionOf(page)}`;
    const details = (await browser.get(`${path}/details`)).body;
    expect(details).toMatchObject({ prompt: 'consent', scopes: ['openid', 'profile'] });
    const { redirectTo } = (await browser.post(`${path}/complete`, {})).body;
    const tokens = await foreign.redeem({ back: await follow(browser, redirectTo), checks });
    expect(tokens.claims()!.sub).toBeDefined();
  });

  it('lists the consents; after one is withdrawn, the next entry asks again', async () => {
    const foreign = await RelyingParty.register(stage, { trusted: false });
    const { browser } = await stage.signedIn();
    const list = async () => (await browser.get('/api/account/applications')).body.items as { id: string }[];
    const seen = async () => (await list()).find(({ id }) => id === foreign.id);
    const enter = async () => {
      const { back: page, checks } = await foreign.leave(browser);
      const path = `/api/oidc/interactions/${interactionOf(page)}`;
      const { prompt } = (await browser.get(`${path}/details`)).body;
      const { redirectTo } = (await browser.post(`${path}/complete`, {})).body;
      await foreign.redeem({ back: await follow(browser, redirectTo), checks });
      return prompt;
    };
    expect(await seen()).toMatchObject({ signedIn: false, consent: null });
    expect(await enter()).toBe('consent');
    expect(await seen()).toMatchObject({ signedIn: true, consent: ['openid', 'profile'] });
    await browser.delete(`/api/account/applications/${foreign.id}`);
    expect(await seen()).toMatchObject({ signedIn: false, consent: null });
    expect(await enter()).toBe('consent');
  });

  it('asks for a proof again where the person stayed on the page of consent beyond `max_age`', async () => {
    const foreign = await RelyingParty.register(stage, { trusted: false });
    const { person, browser } = await stage.signedIn();
    const prove = async () => {
      await browser.post('/api/session/challenge', {});
      await browser.post('/api/session/challenge/code', { code: person.codeInMail() });
    };
    const pathOf = (page: URL) => `/api/oidc/interactions/${interactionOf(page)}`;
    const details = async (page: URL) => (await browser.get(`${pathOf(page)}/details`)).body;
    const complete = (page: URL) => browser.post(`${pathOf(page)}/complete`, {});
    await stage.server.advance(120_000);
    const { back: proof, checks } = await foreign.leave(browser, { max_age: '90' });
    expect(await details(proof)).toMatchObject({ prompt: 'step-up', codes: ['EMAIL'] });
    await prove();
    const consent = await follow(browser, (await complete(proof)).body.redirectTo);
    expect(await details(consent)).toMatchObject({ prompt: 'consent' });

    await stage.server.advance(120_000);
    expect((await complete(consent)).outcome).toBe('401 reauthentication.required');
    expect(await details(consent)).toMatchObject({ prompt: 'step-up' });
    await prove();
    expect(await details(consent)).toMatchObject({ prompt: 'consent' });
    const { redirectTo } = (await complete(consent)).body;
    await foreign.redeem({ back: await follow(browser, redirectTo), checks });
  });

  it('shows its pages in the language of the account, else that of the browser', async () => {
    const french = { headers: { 'accept-language': 'fr' } };
    const { browser } = await stage.signedIn({ locale: 'en' });
    const unknown = '/oidc/authorize?client_id=unknown&response_type=code&scope=openid';
    expect((await browser.get(unknown, french)).text).toContain('This request cannot be completed');
    expect((await stage.visitor().get(unknown, french)).text).toContain('Cette demande ne peut pas aboutir');
    expect((await browser.get('/oidc/logout', french)).text).toContain('Do you want to sign out?');
  });
});
