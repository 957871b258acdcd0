import * as client from 'openid-client';
import { type ApplicationChanges, follow, RelyingParty } from '../harness/applications/relying-party';
import { useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const errorOf = (url: URL) => url.searchParams.get('error');

describe('PKCE of an application', () => {
  const stage = useStage({ environment: { ACCEPT_RISK: 'pkce-off' } });
  let browser: Visitor;

  beforeAll(async () => {
    browser = (await stage.signedIn()).browser;
  });

  /** A request without these parameters, as far as the application. */
  async function without(party: RelyingParty, names: string[], parameters: Record<string, string> = {}) {
    const { url, checks } = await party.request(parameters);
    for (const name of names) url.searchParams.delete(name);
    return { back: await follow(browser, url), checks };
  }
  const PKCE = ['code_challenge', 'code_challenge_method'];

  async function registered(pkce: string, changes: ApplicationChanges = {}) {
    return RelyingParty.register(stage, { pkce, ...changes });
  }

  it('gives way to a nonce, which the ID token then has', async () => {
    const party = await registered('nonce');
    const { back, checks } = await without(party, PKCE);
    const { pkceCodeVerifier: _, ...others } = checks;
    const tokens = await party.redeem({ back, checks: others });
    expect(tokens.claims()).toMatchObject({ nonce: checks.expectedNonce });
  });

  it('is required when there is no nonce', async () => {
    const party = await registered('nonce');
    expect(errorOf((await without(party, [...PKCE, 'nonce'])).back)).toBe('invalid_request');
    expect(errorOf((await without(party, [...PKCE, 'nonce'], { nonce: '' })).back)).toBe('invalid_request');
  });

  it('may be off, with neither, where the operator accepts the risk', async () => {
    const party = await registered('off');
    const { back, checks } = await without(party, [...PKCE, 'nonce']);
    const { pkceCodeVerifier: _, expectedNonce: __, ...others } = checks;
    expect((await party.redeem({ back, checks: others })).claims()).toMatchObject({ aud: party.id });
  });

  it.each(['nonce', 'off'])(
    'is required of a public client, whose row an attacker set to %s',
    async (pkce) => {
      const party = await registered(pkce, { authMethod: 'none' });
      expect(errorOf((await without(party, PKCE)).back)).toBe('invalid_request');
      expect((await party.enter(browser)).claims()).toMatchObject({ aud: party.id });
    },
  );

  it('is verified wherever a challenge came, and a verifier redeems no code without one', async () => {
    const party = await registered('nonce');
    const challenged = await party.leave(browser);
    const { pkceCodeVerifier: _, ...withoutVerifier } = challenged.checks;
    await expect(party.redeem({ ...challenged, checks: withoutVerifier })).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    const another = await party.leave(browser);
    const stolen = { ...another.checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
    await expect(party.redeem({ ...another, checks: stolen })).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    const unchallenged = await without(party, PKCE);
    await expect(party.redeem(unchallenged)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('is never plain', async () => {
    const party = await registered('off');
    for (const parameters of [{ code_challenge_method: 'plain' }, {}] as Record<string, string>[]) {
      const names = parameters['code_challenge_method'] ? [] : ['code_challenge_method'];
      expect(errorOf((await without(party, names, parameters)).back)).toBe('invalid_request');
    }
  });

  it('is set by an administrator, audited, and named by doctor and by the application’s check', async () => {
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const redirectUris = ['https://pkce.test/retour'];
    const draft = { name: 'Conformance', kind: 'web', redirectUris };
    const made = await national.post('/api/admin/applications', { ...draft, pkce: 'off' });
    expect(made.body).toMatchObject({ pkce: 'off' });
    const { id } = made.body as { id: string };
    const doctor = await stage.command(['doctor']);
    expect(doctor.output).toMatch(new RegExp(`PKCE is off for .*Conformance \\(${id}\\)`));
    const headers = { 'if-match': '"1"' };
    const path = `/api/admin/applications/${id}`;
    const refused = await national.patch(path, { pkce: 'nonce', authMethod: 'none' }, { headers });
    expect(refused.body).toMatchObject({ errors: [{ field: 'pkce', code: 'pkce-of-method' }] });
    expect((await national.patch(path, { pkce: 'nonce' }, { headers })).body).toMatchObject({
      pkce: 'nonce',
    });
    const rows = await stage.database.rows("SELECT data FROM auditEvent WHERE name = 'application_updated'");
    expect(rows.map((row) => JSON.parse((row as { data: string }).data) as object)).toMatchObject([
      { application: id, fields: ['pkce'] },
    ]);
  });
});
