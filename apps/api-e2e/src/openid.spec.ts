import { atOnce } from '@portillon/testing';
import * as client from 'openid-client';
import { follow, interactionOf, RelyingParty, REDIRECT_URI } from './harness/relying-party';
import { describeOnEveryEngine } from './harness/stage';

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
});
