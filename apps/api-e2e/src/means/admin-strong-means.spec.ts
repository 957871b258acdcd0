import { CardDesk, linkTo, PROXY_SECRET } from '../harness/people/card-desk';
import { Stage } from '../harness/server/stage';

const NADIA = '899700366240';

describe('administrators who need a card or Pro Santé Connect', () => {
  const desk = new CardDesk('portillon.test');
  const stage = new Stage({
    environment: {
      ...desk.settings,
      CPX_PROXY_SECRET: PROXY_SECRET,
      TRUSTED_PROXIES: '127.0.0.1',
      ADMIN_STRONG_MEANS: 'true',
    },
  });

  beforeAll(() => stage.open(), 60_000);
  afterAll(async () => {
    await stage.close();
    await desk.close();
  }, 20_000);

  const card = { 'x-client-cert': desk.header('cps'), 'x-portillon-proxy-secret': PROXY_SECRET };

  it('sign in with password and code to all except administration, and see what to do', async () => {
    const { person, browser } = await stage.signedIn({ role: 'national-admin' });
    expect((await browser.get('/api/account')).outcome).toBe('200');
    const reading = await browser.get('/api/admin/accounts');
    expect(reading).toMatchObject({
      outcome: '403 means.too-weak',
      body: { detail: expect.stringMatching(/^L’administration demande une connexion avec votre carte/) },
    });
    const inviting = await browser.post('/api/admin/structures', { name: 'Clinique', siret: null });
    expect(inviting.outcome).toBe('403 means.too-weak');
    const row = await stage.database.row(
      "SELECT reason FROM auditEvent WHERE accountId = ? AND name = 'authz_fail'",
      [person.id],
    );
    expect(row).toEqual({ reason: 'means-too-weak' });
    const { browser: professional } = await stage.signedIn();
    expect((await professional.get('/api/admin/accounts')).outcome).toBe('403 permission.denied');
  });

  it('administer once they came with their card', async () => {
    const nadia = await stage.person({ role: 'national-admin' });
    await linkTo(stage, nadia.id, NADIA);
    const browser = stage.visitor();
    expect((await browser.post('/api/sign-in/cpx', {}, { headers: card })).body.status).toBe('signed-in');
    expect((await browser.get('/api/admin/accounts')).outcome).toBe('200');
  });

  it('cannot link a card by password and code, as a thief of both would', async () => {
    await stage.database.execute('UPDATE account SET nationalId = NULL WHERE nationalId = ?', [NADIA]);
    const { person, browser } = await stage.signedIn({ role: 'structure-admin' });
    const linking = await browser.post('/api/account/card', {}, { headers: card });
    expect(linking.outcome).toBe('403 means.too-weak');
    const row = await stage.database.row('SELECT nationalId FROM account WHERE id = ?', [person.id]);
    expect(row).toEqual({ nationalId: null });
    const { browser: professional } = await stage.signedIn();
    expect((await professional.post('/api/account/card', {}, { headers: card })).status).toBeLessThan(300);
  });
});
