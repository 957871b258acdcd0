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
});
