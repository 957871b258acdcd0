import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { follow, interactionOf, RelyingParty } from '../harness/applications/relying-party';
import { useSharedStage } from '../harness/server/stage';

describe('an application that asks for claims by name, or for scopes again', () => {
  const stage = useSharedStage();
  let orientation: RelyingParty;

  beforeAll(async () => {
    orientation = await RelyingParty.register(stage);
  });

  it('receives the means and the time of the code where it names them, and not otherwise', async () => {
    const { browser } = await stage.signedIn();
    const names = ['means', 'code_time'];
    const silent = await orientation.enter(browser);
    for (const name of names) expect(silent.claims()).not.toHaveProperty(name);
    const claims = JSON.stringify({ id_token: { means: null, code_time: { essential: true } } });
    const told = await orientation.enter(browser, { claims });
    expect(told.claims()).toMatchObject({ means: 'password', code_time: expect.any(Number) });
  });

  it('receives the requested claims within its scopes and switches, without an error', async () => {
    const party = await RelyingParty.register(stage, { scopes: 'openid profile groups', claimMail: true });
    const { person, browser } = await stage.signedIn();
    const wanted = {
      name: { value: 'Another' },
      email: { essential: true },
      groups: null,
      national_id: null,
    };
    const tokens = await party.enter(browser, {
      scope: 'openid',
      claims: JSON.stringify({ userinfo: { ...wanted, unknown: null }, id_token: { email: null } }),
    });
    const given = await client.fetchUserInfo(party.configuration, tokens.access_token, person.id);
    expect(given).toMatchObject({ name: person.displayName });
    for (const name of ['email', 'groups', 'national_id', 'unknown', 'locale'])
      expect(given).not.toHaveProperty(name);
    expect(tokens.claims()).not.toHaveProperty('email');
  });

  it('is refused where `claims` cannot be read', async () => {
    const { browser } = await stage.signedIn();
    for (const claims of ['{', '[]', '{"userinfo":["name"]}', '{}'])
      expect((await orientation.leave(browser, { claims })).back.searchParams.get('error')).toBe(
        'invalid_request',
      );
  });

  it('refreshes with the scope that it signed in with, offline_access and all', async () => {
    const { browser } = await stage.signedIn();
    for (const offlineAccess of [true, false]) {
      const party = await RelyingParty.register(stage, { offlineAccess, scopes: 'openid profile' });
      const scope = 'openid profile email offline_access';
      const tokens = await party.enter(browser, { scope });
      expect(tokens.scope).toBe('openid profile');
      expect('refresh_token' in tokens).toBe(offlineAccess);
      const rows = await stage.database.rows(
        `SELECT detail FROM applicationRefusal WHERE applicationId = '${party.id}' ORDER BY detail`,
      );
      const leftOut = offlineAccess ? ['email'] : ['email', 'offline_access'];
      expect(rows).toMatchObject(leftOut.map((detail) => ({ detail })));
      if (!offlineAccess) continue;
      const next = await client.refreshTokenGrant(party.configuration, tokens.refresh_token!, { scope });
      expect(next.scope).toBe('openid profile');
    }
  });

  it('gets no more by a refresh than it was granted', async () => {
    const { browser } = await stage.signedIn();
    const { refresh_token: token } = await orientation.enter(browser, { scope: 'openid' });
    const more = client.refreshTokenGrant(orientation.configuration, token!, { scope: 'openid profile' });
    await expect(more).rejects.toMatchObject({ error: 'invalid_scope' });
  });

  it('is never answered an empty scope', async () => {
    const resource = 'https://api.test/';
    const party = await RelyingParty.register(stage, { resources: [resource] });
    const { browser } = await stage.signedIn();
    const tokens = await party.enter(browser, { scope: 'openid', resource });
    expect(tokens).not.toHaveProperty('scope');
  });

  it('gives a token for an API the scopes of that API that were asked for, also at a refresh', async () => {
    const resource = 'https://api.test/';
    const resources = [`${resource} beds:read beds:write`, 'https://other.test other:read'];
    const party = await RelyingParty.register(stage, { resources });
    const { browser } = await stage.signedIn();
    const tokens = await party.enter(browser, { scope: 'openid beds:read other:read', resource });
    const scopeOf = ({ access_token: token }: { access_token: string }) => decodeJwt(token)['scope'];
    expect([tokens.scope, scopeOf(tokens)]).toEqual(['beds:read', 'beds:read']);
    const wish = { scope: 'openid beds:read' };
    const renewed = await client.refreshTokenGrant(party.configuration, tokens.refresh_token!, wish);
    expect([renewed.scope, scopeOf(renewed)]).toEqual(['beds:read', 'beds:read']);
    const unbound = await party.enter(browser, { scope: 'openid beds:read' });
    expect(unbound.scope).toBe('openid');
  });

  it('keeps its refresh token when a refresh names an unknown API', async () => {
    const [resource, other] = ['https://api.test/', 'https://other.test'];
    const party = await RelyingParty.register(stage, { resources: [resource, other] });
    const { browser } = await stage.signedIn();
    const tokens = await party.enter(browser, { scope: 'openid', resource });
    const refresh = (wish: Record<string, string>) =>
      client.refreshTokenGrant(party.configuration, tokens.refresh_token!, wish);
    const changed = 'UPDATE application SET resources = ? WHERE id = ?';
    for (const named of ['https://unknown.test/', other, 'x'])
      await expect(refresh({ resource: named })).rejects.toMatchObject({ error: 'invalid_target' });
    await stage.database.execute(changed, [JSON.stringify([other]), party.id]);
    await expect(refresh({})).rejects.toMatchObject({ error: 'invalid_target' });
    await stage.database.execute(changed, [JSON.stringify([resource, other]), party.id]);
    expect(decodeJwt((await refresh({ resource })).access_token)).toMatchObject({ aud: resource });
    await expect(refresh({ resource })).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('asks for consent to the scopes of an API, by their names', async () => {
    const resource = 'https://api.test/';
    const resources = [`${resource} beds:read`];
    const foreign = await RelyingParty.register(stage, { trusted: false, resources });
    const { browser } = await stage.signedIn();
    const { back: page, checks } = await foreign.leave(browser, { scope: 'openid beds:read', resource });
    const path = `/api/oidc/interactions/${interactionOf(page)}`;
    expect((await browser.get(`${path}/details`)).body).toMatchObject({ scopes: ['openid', 'beds:read'] });
    const { redirectTo } = (await browser.post(`${path}/complete`, {})).body;
    const tokens = await foreign.redeem({ back: await follow(browser, redirectTo), checks });
    expect(tokens.scope).toBe('beds:read');
  });

  it('signs in and calls an API at once: the ID token has all claims, and userinfo is not for that token', async () => {
    const resource = 'https://api.test/';
    const party = await RelyingParty.register(stage, { resources: [resource], claimGroups: true });
    const { person, browser } = await stage.signedIn();
    const tokens = await party.enter(browser, { scope: 'openid profile groups', resource });
    expect(tokens.claims()).toMatchObject({ name: person.displayName, groups: ['professional'] });
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const answer = await party.fetch('/oidc/userinfo', { headers });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('invalid_token'),
    ]);
  });

  it('asks once for consent to claims requested by name, under their scope', async () => {
    const foreign = await RelyingParty.register(stage, { trusted: false, claimGroups: true });
    const { browser } = await stage.signedIn();
    const parameters = {
      scope: 'openid',
      claims: JSON.stringify({ id_token: { means: null, groups: null } }),
    };
    const { back: page, checks } = await foreign.leave(browser, parameters);
    const path = `/api/oidc/interactions/${interactionOf(page)}`;
    expect((await browser.get(`${path}/details`)).body).toMatchObject({ scopes: ['openid', 'groups'] });
    const { redirectTo } = (await browser.post(`${path}/complete`, {})).body;
    const tokens = await foreign.redeem({ back: await follow(browser, redirectTo), checks });
    expect(tokens.claims()).toMatchObject({ means: 'password', groups: ['professional'] });
    expect((await foreign.enter(browser, parameters)).claims()).toMatchObject({ means: 'password' });
  });
});
