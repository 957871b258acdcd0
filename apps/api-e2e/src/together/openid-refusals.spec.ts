import { REDIRECT_URI, RelyingParty } from '../harness/applications/relying-party';
import { useSharedStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

interface Refusal {
  code: string;
  detail: string;
  explanation: string;
  times: number;
}

describe('why the provider refused an application', () => {
  const stage = useSharedStage();
  let administrator: Visitor;
  let party: RelyingParty;

  beforeAll(async () => {
    administrator = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  });

  beforeEach(async () => {
    party = await RelyingParty.register(stage);
  });

  async function refusals(of = party): Promise<Refusal[]> {
    const headers = { 'accept-language': 'fr' };
    return (await administrator.get(`/api/admin/applications/${of.id}/refusals`, { headers })).body.items;
  }

  /** A request to the token endpoint, or to that of pushed requests, as it is. */
  async function post(path: string, secret: string, form: Record<string, string>) {
    const authorization = `Basic ${Buffer.from(`${party.id}:${secret}`).toString('base64')}`;
    const body = new URLSearchParams(form).toString();
    return party.fetch(path, { method: 'POST', headers: { ...FORM, authorization }, body });
  }

  async function ask(parameters: Record<string, string | null>, browser = stage.visitor(), of = party) {
    const { url } = await of.request();
    for (const [name, value] of Object.entries(parameters))
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    return browser.get(`${url.pathname}${url.search}`);
  }

  it('names the return address that is not registered', async () => {
    await ask({ redirect_uri: 'https://orientation.test/autre' });
    await ask({ redirect_uri: 'https://orientation.test/autre' });
    expect(await refusals()).toMatchObject([
      {
        code: 'invalid_redirect_uri',
        detail: 'https://orientation.test/autre',
        explanation:
          'L’adresse de retour n’est pas enregistrée\u00a0: https://orientation.test/autre. Ajoutez-la telle quelle à l’application, ou corrigez-la chez elle.',
        times: 2,
      },
    ]);
  });

  it('records and counts, once, the scopes omitted from a sign-in that continues', async () => {
    await ask({ scope: 'openid phone invented' });
    expect((await ask({ scope: 'openid phone' })).headers.location).toMatch(/^\/api\/oidc\/interactions/);
    const found = await refusals();
    expect(found.map(({ code, detail, times }) => [code, detail, times]).sort()).toEqual([
      ['scope_not_granted', 'phone', 1],
      ['scope_not_granted', 'scope-unknown', 1],
    ]);
    const statistics = await administrator.get(`/api/admin/applications/${party.id}/statistics`);
    expect(statistics.body.items).toMatchObject([{ entered: 0, refused: 2 }]);
  });

  it('names the switch that withholds the claims of a granted scope', async () => {
    await ask({ scope: 'openid profile email' });
    expect(await refusals()).toMatchObject([
      {
        code: 'scope_switched_off',
        detail: 'claimMail-off',
        explanation: expect.stringContaining(
          '«\u00a0Transmettre l’adresse e-mail\u00a0» (claimMail)',
        ) as string,
        times: 1,
      },
    ]);
  });

  it('reports a wrong secret, and stores none', async () => {
    const wrong = 'a-secret-of-another-application';
    await post('/oidc/token', wrong, { grant_type: 'authorization_code', code: 'the-code' });
    await post('/oidc/par', wrong, { redirect_uri: REDIRECT_URI });
    const found = await refusals();
    expect(found).toMatchObject([{ code: 'invalid_client', detail: 'secret-wrong', times: 2 }]);
    expect(found[0]!.explanation).toContain(
      'identité\u00a0: le secret n’est pas le sien. Vérifiez son secret',
    );
    const rows = await stage.database.rows('SELECT * FROM applicationRefusal');
    expect(JSON.stringify(rows)).not.toMatch(/a-secret-of|the-code/);
  });

  it('says that PKCE is missing, or plain', async () => {
    await ask({ code_challenge: null, code_challenge_method: null });
    await ask({ code_challenge_method: 'plain' });
    const details = (await refusals()).map(({ code, detail }) => `${code} ${detail}`);
    expect(details.sort()).toEqual([
      'invalid_request pkce-method',
      'invalid_request pkce-missing-nonce-sent',
    ]);
  });

  it('names the parameter that is too long', async () => {
    await ask({ state: 'x'.repeat(2_049) });
    const detail = 'state is longer than 2048 characters';
    expect(await refusals()).toMatchObject([{ code: 'invalid_request', detail }]);
  });

  it('says that a code had been used', async () => {
    const { browser } = await stage.signedIn();
    const { back, checks } = await party.leave(browser);
    const grant = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code')!,
      redirect_uri: REDIRECT_URI,
      code_verifier: checks.pkceCodeVerifier!,
    };
    await post('/oidc/token', party.secret, grant);
    await post('/oidc/token', party.secret, grant);
    expect(await refusals()).toMatchObject([{ code: 'invalid_grant', detail: 'already-used', times: 1 }]);
  });

  it('says that it is not for the person, and that a level cannot be reached', async () => {
    const closed = await RelyingParty.register(stage, { audienceRoles: ['national-admin'] });
    const { browser } = await stage.signedIn();
    await ask({}, browser, closed);
    await ask({ acr_values: 'eidas9' }, browser, closed);
    const details = (await refusals(closed)).map(({ code, detail }) => `${code} ${detail}`);
    expect(details.sort()).toEqual([
      'access_denied audience-other',
      'unmet_authentication_requirements level-unknown',
    ]);
  });

  it('is recorded in the journal with the person, once for each session that entered', async () => {
    const closed = await RelyingParty.register(stage, { audienceRoles: ['national-admin'] });
    const { browser, person } = await stage.signedIn();
    await party.enter(browser);
    await party.enter(browser);
    await ask({}, browser, closed);
    await ask({ redirect_uri: 'https://orientation.test/autre' }, browser);
    const sql =
      "SELECT name, reason, data FROM auditEvent WHERE accountId = ? AND name LIKE 'application%' ORDER BY id";
    const lines = await stage.database.rows<{ name: string; reason: string; data: string }>(sql, [person.id]);
    expect(lines.map(({ name, reason, data }) => [name, reason, JSON.parse(data)])).toEqual([
      ['application_entered', null, { application: party.id }],
      ['application_refused', 'audience', { application: closed.id }],
    ]);
  });

  it('is absent when no setting needs a fix', async () => {
    const narrow = await RelyingParty.register(stage, { scopes: 'openid' });
    await ask({ prompt: 'none', scope: 'openid' }, stage.visitor(), narrow);
    await ask({ scope: 'openid' }, stage.visitor(), narrow);
    expect(await refusals(narrow)).toEqual([]);
  });
});
