import { describePscOnEveryEngine } from '../harness/services/psc-stage';
import { ProviderBrowser } from '../harness/services/psc-provider';

const TWO_PRACTICES = {
  SubjectRefPro: {
    exercices: [
      {
        codeProfession: '10',
        activities: [{ raisonSocialeSite: 'Hôpital', identifiantTechniqueDeLaStructure: 'R1' }],
      },
      { codeProfession: '10', activities: [{ raisonSocialeSite: 'Cabinet', codeModeExercice: 'L' }] },
    ],
  },
};

describePscOnEveryEngine('a sign-in with Pro Santé Connect', (psc) => {
  it('is the first of the means', async () => {
    const { body } = await psc.visitor().get('/api/sign-in/means');
    expect(body.means[0]).toEqual({ id: 'pro-sante-connect', available: true });
  });

  it('goes to PSC and comes back signed in, to the page that was wanted, with no code', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const answer = await psc.signIn(visitor, claire.id, '/mon-compte?onglet=1');
    expect([answer.status, answer.headers.location]).toEqual([302, '/mon-compte?onglet=1']);
    const { body } = await visitor.get('/api/session');
    expect(body.session).toMatchObject({
      account: { username: claire.username },
      means: 'pro-sante-connect',
      acr: 'eidas1',
      codeValidUntil: null,
      activity: null,
    });
    expect(claire.mailCount()).toBe(0);
  });

  it('asks PSC as PSC wants to be asked', async () => {
    const url = new URL(await psc.leave(psc.visitor()));
    expect(url.origin).not.toBe(new URL(psc.provider.ready.issuer).origin);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'portillon',
      response_type: 'code',
      scope: 'openid scope_all',
      acr_values: 'eidas1',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.any(String),
      redirect_uri: 'http://portillon.test/api/sign-in/pro-sante-connect/callback',
    });
  });

  it('keeps the only activity of a person without a choice', async () => {
    const one = { SubjectRefPro: { exercices: [TWO_PRACTICES.SubjectRefPro.exercices[0]] } };
    const claire = await psc.professional(one);
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    const { body } = await visitor.get('/api/session');
    expect(body.session.activity).toMatchObject({
      profession: '10',
      structure: 'Hôpital',
      structureId: 'R1',
    });
  });

  it('includes the activity and the stated claims in the user’s data', async () => {
    const one = { SubjectRefPro: { exercices: [TWO_PRACTICES.SubjectRefPro.exercices[0]] } };
    const claire = await psc.professional(one);
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    const { body } = await visitor.get('/api/account/data');
    expect(body.sessions).toMatchObject([{ activity: { profession: '10', structure: 'Hôpital' } }]);
    const entered = body.activity.find((line: { name: string }) => line.name === 'authn_login_success');
    expect(entered.details).toMatchObject({ subject: expect.any(String), acr: 'eidas1', activity: 'R1' });
  });

  it('lets a user with several activities choose, and opens no session before', async () => {
    const claire = await psc.professional(TWO_PRACTICES);
    const visitor = psc.visitor();
    const answer = await psc.signIn(visitor, claire.id, '/mon-compte');
    expect(answer.headers.location).toBe('/connexion/exercice?returnTo=%2Fmon-compte');
    expect((await visitor.get('/api/session')).outcome).toBe('401 session.required');
    const { body } = await visitor.get('/api/sign-in/pro-sante-connect/activities');
    expect(body.activities.map((one: { structure: string }) => one.structure)).toEqual([
      'Hôpital',
      'Cabinet',
    ]);
    const choose = (activity: string) =>
      visitor.post('/api/sign-in/pro-sante-connect/activity', { activity });
    expect((await choose('7.7')).outcome).toBe('422 validation.failed');
    const thief = visitor.copy();
    const chosen = await choose(body.activities[1].id);
    expect(chosen.body.session.activity).toMatchObject({ structure: 'Cabinet', mode: 'L' });
    expect((await visitor.get('/api/session')).body.session.activity).toMatchObject({ structure: 'Cabinet' });
    const again = await thief.post('/api/sign-in/pro-sante-connect/activity', { activity: '0.0' });
    expect(again.outcome).toBe('401 sign-in.required');
  });

  it('shows a user who cancelled at PSC that nothing changed, and rejects a later answer', async () => {
    const visitor = psc.visitor();
    const back = await new ProviderBrowser().cancel(await psc.leave(visitor, '/mon-compte'));
    const answer = await visitor.get(back.pathname + back.search);
    expect(answer.headers.location).toBe('/connexion?erreur=sign-in.cancelled&returnTo=%2Fmon-compte');
    const state = back.searchParams.get('state')!;
    const iss = encodeURIComponent(psc.provider.ready.issuer);
    const late = await visitor.get(`${back.pathname}?code=abc&state=${state}&iss=${iss}`);
    expect(late.headers.location).toBe('/connexion?erreur=sign-in.required');
  });

  it('writes means, subject, acr and the masked national id to the journal', async () => {
    const claire = await psc.professional();
    await psc.signIn(psc.visitor(), claire.id);
    const entry = await psc.journal();
    expect(entry).toMatchObject({ name: 'authn_login_success', outcome: 'SUCCESS', accountId: claire.id });
    expect(JSON.parse(entry.data!)).toMatchObject({
      subject: claire.id,
      acr: 'eidas1',
      nationalId: expect.stringMatching(/^8\d•{7}\d{3}$/),
    });
  });
});
