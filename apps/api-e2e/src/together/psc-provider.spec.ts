import { Mood } from '../harness/services/psc-provider';
import { describeSharedPsc } from '../harness/services/psc-stage';

const REJECTED = '/connexion?erreur=identity.rejected';
const UNAVAILABLE = '/connexion?erreur=means.unavailable';
const seconds = (shift: number) => Math.floor(Date.now() / 1_000) + shift;

describeSharedPsc('a provider that is not to be believed', (psc) => {
  it.each<[string, Mood]>([
    ['an id_token with no algorithm (oidcc-client-test-idtoken-sig-none)', { idToken: { alg: 'none' } }],
    [
      'an id_token signed with our own secret (oidcc-client-test-invalid-sig-hs256)',
      { idToken: { alg: 'HS256' } },
    ],
    [
      'an id_token signed with a key that PSC does not publish (oidcc-client-test-invalid-sig-rs256)',
      { idToken: { foreignKey: true } },
    ],
    ['another nonce (oidcc-client-test-nonce-invalid)', { idToken: { claims: { nonce: 'another' } } }],
    ['no nonce', { idToken: { without: ['nonce'] } }],
    ['another issuer', { idToken: { claims: { iss: 'https://evil.example' } } }],
    ['the id_token of another client', { idToken: { claims: { aud: 'another' } } }],
    [
      'two audiences and another authorized party',
      { idToken: { claims: { aud: ['portillon', 'x'], azp: 'x' } } },
    ],
    ['another authorized party alone', { idToken: { claims: { azp: 'x' } } }],
    ['two audiences and no authorized party', { idToken: { claims: { aud: ['portillon', 'x'] } } }],
    ['an id_token that has expired', { idToken: { claims: { exp: seconds(-120), iat: seconds(-600) } } }],
    ['no expiry', { idToken: { without: ['exp'] } }],
    ['a weaker acr', { idToken: { claims: { acr: 'eidas0' } } }],
    ['no acr', { idToken: { without: ['acr'] } }],
    ['no subject', { idToken: { without: ['sub'] } }],
    [
      'the userinfo of another person (oidcc-client-test-userinfo-invalid-sub)',
      { userinfo: { claims: { sub: 'somebody-else' } } },
    ],
    ['a signed userinfo with no algorithm', { userinfo: { signed: { alg: 'none' } } }],
    ['a signed userinfo of a foreign key', { userinfo: { signed: { foreignKey: true } } }],
    ['a signed userinfo for another client', { audience: 'another', userinfo: { signed: {} } }],
    [
      'a signed userinfo of another issuer',
      { userinfo: { signed: {}, claims: { iss: 'https://evil.example' } } },
    ],
    ['no national id', { userinfo: { claims: { SubjectNameID: '', otherIds: [] } } }],
    ['a national id that is none', { userinfo: { claims: { SubjectNameID: "' OR 1=1" } } }],
    ['a list in the place of the national id', { userinfo: { claims: { SubjectNameID: ['8', '9'] } } }],
  ])('lets nobody in with %s', async (_, mood) => {
    const claire = await psc.professional();
    expect(await psc.signInWhile(mood, claire)).toBe(REJECTED);
    expect(await psc.journal()).toMatchObject({ name: 'authn_login_fail', outcome: 'FAILURE' });
  });

  it.each<[string, Mood]>([
    ['the token endpoint is down', { down: ['token'] }],
    ['userinfo is down', { down: ['userinfo'] }],
    ['the token endpoint is slow', { delay: { token: 6_000 } }],
  ])('says so when %s, and the password still works', async (_, mood) => {
    const claire = await psc.professional();
    expect(await psc.signInWhile(mood, claire)).toBe(UNAVAILABLE);
    expect((await claire.signIn(psc.visitor())).body.status).toBe('signed-in');
  });

  it('says so when its new keys are out of reach, and the password still works', async () => {
    const claire = await psc.professional();
    await psc.provider.rotateKeys();
    expect(await psc.signInWhile({ down: ['jwks'] }, claire)).toBe(UNAVAILABLE);
    expect((await claire.signIn(psc.visitor())).body.status).toBe('signed-in');
    expect(await psc.signInWhile({}, claire)).toBe('signed in');
  });

  it('never delays an answer by more than 10 seconds, however slow each of its answers is', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = await psc.wayBack(visitor, claire.id);
    // New ones must be fetched: those of before are kept for a while.
    await psc.provider.rotateKeys();
    await psc.provider.be({ delay: { token: 4_500, jwks: 4_500, userinfo: 4_500 } });
    const answer = await visitor.get(back);
    await psc.provider.be();
    expect(answer.headers.location).toBe(UNAVAILABLE);
    expect(answer.milliseconds).toBeLessThan(11_000);
    expect(await psc.journal()).toMatchObject({ reason: 'provider-unavailable' });
    expect((await claire.signIn(psc.visitor())).body.status).toBe('signed-in');
  }, 30_000);

  it('may be half a minute off', async () => {
    const claire = await psc.professional();
    const late = { idToken: { claims: { exp: seconds(-10), iat: seconds(-300) } } };
    expect(await psc.signInWhile(late, claire)).toBe('signed in');
  });
});
