import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PUBLIC_URL, PscStage } from '../harness/services/psc-stage';
import { runCommand } from '../harness/server/server';
import { useSharedStage } from '../harness/server/stage';

const UNAVAILABLE = '/connexion?erreur=means.unavailable';
const START = '/api/sign-in/pro-sante-connect';
const SANDBOX =
  'https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet/.well-known/wallet-openid-configuration';

describe('a server that starts while PSC is down', () => {
  const psc = new PscStage(undefined, PUBLIC_URL, { down: ['discovery'] });
  beforeAll(() => psc.open(), 60_000);
  afterAll(() => psc.close(), 20_000);

  const offered = async () =>
    (await psc.visitor().get('/api/sign-in/means')).body.means[0].available as boolean;
  const pause = () => new Promise((resolve) => setTimeout(resolve, 500));

  it('serves, offers the other means, and offers PSC again once it answers', async () => {
    const claire = await psc.professional();
    expect((await psc.visitor().get(START)).headers.location).toBe(UNAVAILABLE);
    expect(await offered()).toBe(false);
    expect((await claire.signIn(psc.visitor())).body.status).toBe('signed-in');
    expect(await psc.stage.database.rows('SELECT id FROM pscRequest')).toEqual([]);
    await psc.provider.be();
    await psc.stage.server.advance(6_000);
    await offered();
    await pause();
    expect(await offered()).toBe(true);
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    expect((await visitor.get('/api/session')).outcome).toBe('200');
  });
});

describe('a discovery document that is not PSC’s', () => {
  const discovery = { issuer: 'https://evil.example/auth/realms/esante-wallet' };
  const psc = new PscStage(undefined, PUBLIC_URL, { discovery });
  beforeAll(() => psc.open(), 60_000);
  afterAll(() => psc.close(), 20_000);

  it('causes no redirect', async () => {
    expect((await psc.visitor().get(START)).headers.location).toBe(UNAVAILABLE);
  });
});

describe('a server with passwords only', () => {
  const stage = useSharedStage();

  it('does not offer PSC, and refuses a direct request for it', async () => {
    const visitor = stage.visitor();
    expect((await visitor.get('/api/sign-in/means')).body.means[0]).toEqual({
      id: 'pro-sante-connect',
      available: false,
    });
    expect((await visitor.get(START)).headers.location).toBe(UNAVAILABLE);
    expect((await visitor.get(`${START}/activities`)).outcome).toBe('401 sign-in.required');
    expect((await visitor.get(`${START}/sign-out`)).headers.location).toBe('/connexion?state=signed-out');
  });

  it('does not offer the card, and its routes say so', async () => {
    const { body } = await stage.visitor().get('/api/sign-in/means');
    expect(body.means[1]).toEqual({ id: 'cpx', available: false });
    expect((await stage.visitor().post('/api/sign-in/cpx', {})).outcome).toBe('404 means.unavailable');
    const ticket = await stage.visitor().post('/api/sign-in/ticket', { ticket: 'x' });
    expect(ticket.outcome).toBe('404 means.unavailable');
  });

  it('publishes no passkey endpoints', async () => {
    for (const path of ['/.well-known/webauthn', '/.well-known/passkey-endpoints'])
      expect((await stage.visitor().get(path)).outcome).toBe('404 means.unavailable');
  });
});

/** Each setting alone: `read-pro-sante-connect.spec.ts`. */
describe('the settings of PSC', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-psc-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are refused with the sandbox in production, by name and without their value', async () => {
    const production = { NODE_ENV: 'production', PSC_DISCOVERY_URL: SANDBOX, PSC_CLIENT_SECRET: 'hush' };
    const { code, output } = await runCommand(folder, ['account', 'list'], production);
    expect(code).toBe(1);
    expect(output).toMatch(/PSC_DISCOVERY_URL is the sandbox/);
    expect(output).toMatch(/PSC_CLIENT_ID is required/);
    expect(output).not.toContain('hush');
  });
});
