import { atOnce } from '@portillon/testing';
import * as client from 'openid-client';
import { follow, interactionOf, RelyingParty, REDIRECT_URI } from './harness/relying-party';
import type { Person } from './harness/person';
import { describeOnEveryEngine, STRUCTURE } from './harness/stage';
import type { Visitor } from './harness/visitor';

describeOnEveryEngine('an application behind the gate', (stage) => {
  let orientation: RelyingParty;

  beforeAll(async () => {
    orientation = await RelyingParty.register(stage);
  });

  it('signs a person in who is signed in here already, without a page', async () => {
    const { person, browser } = await stage.signedIn();
    const tokens = await orientation.enter(browser);
    expect(tokens.claims()).toMatchObject({
      iss: 'http://portillon.test',
      sub: person.id,
      aud: orientation.id,
      acr: 'eidas1',
      amr: ['pwd', 'mail'],
      means: 'password',
      sid: expect.any(String),
      auth_time: expect.any(Number),
    });
    const userinfo = await client.fetchUserInfo(orientation.configuration, tokens.access_token, person.id);
    expect(userinfo).toMatchObject({ sub: person.id, name: person.displayName });
  });

  it('shows the sign-in to a person who is not, and goes on once they are', async () => {
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
    const ways = await atOnce(16, enter);
    const tokens = await atOnce(16, (index) => party.redeem(ways.results[index]!));
    expect([...ways.errors, ...tokens.errors].map(String)).toEqual([]);
    for (const { access_token, refresh_token } of tokens.results) {
      await client.fetchUserInfo(party.configuration, access_token, person.id);
      await client.refreshTokenGrant(party.configuration, refresh_token!);
    }
    expect(new Set(tokens.results.map((one) => one.claims()!['sid'])).size).toBe(1);
    const sql = "SELECT id FROM auditEvent WHERE accountId = ? AND name = 'application_entered'";
    expect(await stage.database.rows(sql, [person.id])).toHaveLength(1);
  });

  describe('that asks of a token', () => {
    const api = () => {
      const none = { redirectUris: [], postLogoutRedirectUris: [], scopes: '' };
      return RelyingParty.register(stage, { ...none, kind: 'resource', resources: ['https://api.test/'] });
    };

    it('learns nothing of an opaque token, nor of a refresh token, that another was given', async () => {
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
});
