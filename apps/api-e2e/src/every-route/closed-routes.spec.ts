import { Contract } from '../harness/applications/contract';
import { useStage } from '../harness/server/stage';

/** Every route that is open to people who are not signed in. Opening another is a decision: it is made here too. */
const OPEN = [
  'GET /.well-known/change-password',
  'GET /.well-known/oauth-protected-resource',
  'GET /.well-known/passkey-endpoints',
  'GET /.well-known/security.txt',
  'GET /.well-known/webauthn',
  // For applications' hosts, as a proxy that GATE_PROXIES names forwards them.
  'GET /.portillon/callback',
  'GET /.portillon/forbidden',
  'GET /.portillon/sign-in',
  'GET /.portillon/sign-out',
  'GET /api/gate/auth-request',
  'GET /api/gate/forward-auth',
  'GET /api/docs',
  'GET /api/docs/assets/*',
  'GET /api/docs/start.js',
  'GET /api/docs/theme.css',
  // Where the `type` of each problem leads.
  'GET /api/errors/:code',
  'GET /api/openapi.json',
  'GET /api/legal-notice',
  // Named by its content: only those who were shown it know the path.
  'GET /api/logos/:digest',
  'GET /api/service',
  // To the browser that has the cookie of the sign-in.
  'GET /api/sign-in/code',
  'GET /api/sign-in/means',
  'GET /api/sign-in/pro-sante-connect',
  'GET /api/sign-in/pro-sante-connect/activities',
  'GET /api/sign-in/pro-sante-connect/callback',
  'GET /api/sign-in/pro-sante-connect/sign-out',
  'GET /health/live',
  'GET /health/ready',
  'POST /api/account/card/presentation',
  'POST /api/invitations/accept',
  'POST /api/invitations/holder',
  // To the reader of a link that came by mail.
  'POST /api/membership-proposals/answer',
  'POST /api/membership-proposals/look',
  'POST /api/password-resets',
  'POST /api/password-resets/confirm',
  'POST /api/password-resets/holder',
  'POST /api/security-notices/event',
  'POST /api/security-notices/report',
  // Opened by the provider's signature or keyed digest: see the last test.
  'GET /api/delivery-reports/:provider',
  'POST /api/delivery-reports/:provider',
  'POST /api/sign-in/code',
  'POST /api/sign-in/code/resend',
  'POST /api/sign-in/cpx',
  'POST /api/sign-in/passkey',
  'POST /api/sign-in/passkey/options',
  'POST /api/sign-in/totp',
  'POST /api/sign-in/recovery-code',
  'POST /api/sign-in/password',
  'POST /api/sign-in/ticket',
  'POST /api/sign-in/pro-sante-connect/activity',
  'POST /api/sign-in/pro-sante-connect/back-channel-logout',
  // To the browser that has the cookie of the request.
  'GET /api/oidc/interactions/:uid',
  'GET /api/oidc/interactions/:uid/details',
  'POST /api/oidc/interactions/:uid/complete',
  'POST /api/oidc/interactions/:uid/refuse',
  'GET /api/oidc/sign-out/return',
];
/** The OpenID provider: what opens each is the protocol's. */
const PROVIDER =
  /^(GET|POST|OPTIONS) \/(oidc\/|\.well-known\/(openid-configuration|oauth-authorization-server)$)/;
/** Asked by Envoy with any method, and answered to the proxies that are named. */
const EXT_AUTHZ = '/api/gate/ext-authz/*';
/** The readable routes of an auditor: none that writes, and no account. */
const READ_BY_AUDITORS = [
  'GET /api/admin/events',
  'GET /api/admin/events/export',
  'GET /api/admin/events/proof',
  'GET /api/admin/events/seals/:sequence',
  'GET /api/admin/reports/applications',
  'GET /api/admin/reports/identity',
  'GET /api/admin/reports/sign-ins',
  'GET /api/admin/reports/sign-ins/export',
  'GET /api/admin/reports/strong-means',
  // Has the journal read once more, which changes nothing of it.
  'POST /api/admin/events/proof',
];
const PAGES = ['GET /*', 'GET /assets/*', 'GET /favicon.svg'];

describe('the routes', () => {
  const stage = useStage();

  async function routes(): Promise<string[]> {
    const all = await stage.server.routes();
    // Fastify answers HEAD wherever it answers GET.
    return all.filter((one) => one.method !== 'HEAD').map(({ method, url }) => `${method} ${url}`);
  }

  const closed = async () =>
    (await routes()).filter(
      (one) => ![...OPEN, ...PAGES].includes(one) && !PROVIDER.test(one) && !one.endsWith(EXT_AUTHZ),
    );

  it('wait for the first request that needs a large library before they load it', async () => {
    const large = ['undici', '@simplewebauthn/server', '@peculiar/asn1-ocsp'];
    const loaded = (await stage.server.packages()).filter((name) => large.includes(name));
    expect(loaded).toEqual([]);
  });

  it('that are open are those of this list', async () => {
    expect(await routes()).toEqual(expect.arrayContaining(OPEN));
    expect((await closed()).length).toBeGreaterThanOrEqual(19);
  });

  it('all require a session, except those listed', async () => {
    const stranger = stage.visitor();
    const outcomes = await outcomesOf(stranger);
    expect(outcomes).toEqual(outcomes.map(([route]) => [route, '401 session.required']));
  });

  it('are closed to a person in the middle of a sign-in', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.givePassword(browser);
    browser.cookies.set('portillon_session', browser.cookies.get('portillon_sign_in')!);
    const outcomes = await outcomesOf(browser);
    expect(outcomes).toEqual(outcomes.map(([route]) => [route, '401 session.required']));
  });

  it('are closed to a browser that is merely remembered', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await browser.delete('/api/session');
    browser.cookies.set('portillon_session', browser.cookies.get('portillon_browser')!);
    const outcomes = await outcomesOf(browser);
    expect(outcomes).toEqual(outcomes.map(([route]) => [route, '401 session.required']));
  });

  it('of administration are all closed to an auditor, but those that read the journal and the statistics', async () => {
    const { browser } = await stage.signedIn({ role: 'auditor' });
    const outcomes = await outcomesOf(
      browser,
      (await closed()).filter((one) => one.includes(' /api/admin/')),
    );
    const open = outcomes.filter(([, outcome]) => outcome !== '403 permission.denied');
    expect(open.map(([route]) => route).sort()).toEqual(READ_BY_AUDITORS);
  });

  it('of the API are all in its document', async () => {
    const documented = new Contract().operations.map(
      ({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    );
    const hidden = [
      '/api/delivery-reports/:provider',
      '/api/docs',
      '/api/docs/assets/*',
      '/api/docs/start.js',
      '/api/docs/theme.css',
      '/api/errors/:code',
      EXT_AUTHZ,
      '/api/openapi.json',
    ];
    const served = (await routes()).filter(
      (one) =>
        / \/(api|\.well-known)\//.test(one) && !PROVIDER.test(one) && !hidden.includes(one.split(' ')[1]!),
    );
    expect(served.sort()).toEqual(documented.sort());
  });

  it('of delivery reports accept only a valid proof, and reveal nothing about providers', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const report = (headers: Record<string, string>, raw: string) =>
      stage.visitor().post('/api/delivery-reports/twilio?id=x', undefined, { raw, headers });
    const body = `MessageSid=SM${'0'.repeat(32)}&MessageStatus=delivered`;
    for (const signature of ['', 'x', 'MCBiZSBtaW5lLCBpdCBpcyBmb3JnZWQ='])
      expect((await report({ ...form, 'x-twilio-signature': signature }, body)).outcome).toBe(
        '403 permission.denied',
      );
    expect((await report({}, '{}')).outcome).toBe('403 permission.denied');
    expect((await report({ 'content-type': 'text/plain' }, body)).outcome).toBe('415 media-type.unsupported');
    expect((await report(form, 'x='.repeat(40_000))).outcome).toBe('413 body.too-large');
    for (const path of ['kannel?id=x&mac=x', 'nowhere', 'twilio'])
      expect((await stage.visitor().get(`/api/delivery-reports/${path}`)).outcome).toBe(
        '403 permission.denied',
      );
  });

  async function outcomesOf(
    visitor: ReturnType<typeof stage.visitor>,
    routes?: string[],
  ): Promise<[string, string][]> {
    const outcomes: [string, string][] = [];
    for (const route of routes ?? (await closed())) {
      const [method, url] = route.split(' ') as [string, string];
      const path = url.replace(/:\w+/g, '01a20e4e-456f-7512-ad13-30b1f69779ef').replace('*', 'x');
      const { outcome } = await visitor.send(method, path);
      // SCIM has no codes of ours.
      outcomes.push([route, url.startsWith('/scim/') ? `${outcome} session.required` : outcome]);
    }
    return outcomes;
  }
});
