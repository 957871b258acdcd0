import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeSharedPsc } from '../harness/services/psc-stage';

const REJECTED = '/connexion?erreur=identity.rejected';
const CALLBACK = '/api/sign-in/pro-sante-connect/callback';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/*
 * Modules of OpenID's conformance suite for clients, under their names. Those of a forged ID token are in
 * `psc-provider.spec.ts` and beside the verifier; `docs/conformance` lists each with its test.
 */
describeSharedPsc('oidcc-client-test-plan', (psc) => {
  it.each([
    'oidcc-client-test',
    'oidcc-client-test-idtoken-sig-rs256',
    // The provider takes the access token in the header alone.
    'oidcc-client-test-userinfo-bearer-header',
  ])('%s: signs a person in', async () => {
    const claire = await psc.professional();
    const asked = await psc.provider.asked('userinfo');
    expect(await psc.signInWhile({}, claire)).toBe('signed in');
    expect(await psc.provider.asked('userinfo')).toBe(asked + 1);
  });

  it('oidcc-client-test-userinfo-signed: takes a signed answer', async () => {
    const claire = await psc.professional();
    expect(await psc.signInWhile({ userinfo: { signed: {} } }, claire)).toBe('signed in');
  });

  it('oidcc-client-test-discovery-openid-config: goes to the addresses of the document', async () => {
    const document = (await (await fetch(psc.provider.ready.discoveryUrl)).json()) as Record<string, string>;
    const { origin, pathname } = new URL(await psc.leave(psc.visitor()));
    expect(origin + pathname).toBe(document['authorization_endpoint']);
  });

  it('oidcc-client-test-discovery-jwks-uri-keys, oidcc-client-test-signing-key-rotation: fetches the keys anew', async () => {
    const claire = await psc.professional();
    expect(await psc.signInWhile({}, claire)).toBe('signed in');
    const asked = await psc.provider.asked('jwks');
    for (const turn of [1, 2]) {
      await psc.provider.rotateKeys();
      expect(await psc.signInWhile({}, claire)).toBe('signed in');
      expect(await psc.provider.asked('jwks')).toBe(asked + turn);
    }
  });

  it('oidcc-client-test-signing-key-rotation-just-before-signing: fetches the keys anew', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = await psc.wayBack(visitor, claire.id);
    await psc.provider.rotateKeys();
    expect((await visitor.get(back)).headers.location).toBe('/');
  });

  describe('claims of another issuer', () => {
    const without = { SubjectNameID: '', otherIds: [] };
    let asked = 0;
    const issuer = createServer((_request, response) => {
      asked++;
      response.end();
    });
    beforeAll(() => new Promise<void>((listening) => issuer.listen(0, '127.0.0.1', listening)));
    afterAll(() => issuer.close());

    it.each([
      [
        'oidcc-client-test-aggregated-claims',
        async () => ({ JWT: await psc.provider.sign({ SubjectNameID: '8' }) }),
      ],
      [
        'oidcc-client-test-distributed-claims',
        async () => ({ endpoint: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/claims` }),
      ],
    ])('%s: do no harm, prove nothing, and are not fetched', async (_, source) => {
      const claire = await psc.professional();
      const elsewhere = {
        _claim_names: { SubjectNameID: 'other' },
        _claim_sources: { other: await source() },
      };
      expect(await psc.signInWhile({ userinfo: { claims: elsewhere } }, claire)).toBe('signed in');
      const claims = { ...without, ...elsewhere };
      expect(await psc.signInWhile({ userinfo: { claims } }, claire)).toBe(REJECTED);
      expect(asked).toBe(0);
    });
  });

  /* The suite tries these on clients that ask for an ID token from the browser. Ours does not, and takes none. */
  it.each([
    ['oidcc-client-test-nonce-unless-code-flow', {}],
    ['oidcc-client-test-missing-chash', { nonce: 'n' }],
    ['oidcc-client-test-invalid-chash', { nonce: 'n', c_hash: 'wrong' }],
    ['oidcc-client-test-missing-athash', { nonce: 'n', c_hash: 'c' }],
    ['oidcc-client-test-invalid-athash', { nonce: 'n', c_hash: 'c', at_hash: 'wrong' }],
  ])('%s: an ID token from the browser is refused, and no code is redeemed', async (_, claims) => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = new URL(await psc.wayBack(visitor, claire.id), 'http://x');
    const { issuer: iss, clientId: aud } = psc.provider.ready;
    back.searchParams.set('id_token', await psc.provider.sign({ iss, aud, sub: claire.id, ...claims }));
    const asked = await psc.provider.asked('token');
    expect((await visitor.get(back.pathname + back.search)).headers.location).toBe(REJECTED);
    expect(await psc.provider.asked('token')).toBe(asked);
  });

  it('oidcc-client-test-form-post-error: an answer by a form is not taken, and the sign-in goes on', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = new URL(await psc.wayBack(visitor, claire.id), 'http://x');
    const raw = `error=login_required&state=${back.searchParams.get('state')}`;
    const headers = { ...FORM, origin: new URL(psc.provider.ready.issuer).origin };
    expect((await visitor.post(CALLBACK, undefined, { raw, headers })).status).toBeGreaterThanOrEqual(400);
    expect((await visitor.get(back.pathname + back.search)).headers.location).toBe('/');
  });
});
