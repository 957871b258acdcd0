import { execFileSync } from 'node:child_process';
import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { CardDesk, linkTo, PROXY_SECRET } from '../harness/people/card-desk';
import { Stage } from '../harness/server/stage';

const ZOE = '899700401336';

const desk = new CardDesk('portillon.test');
afterAll(() => desk.close());

describe('the list of revoked cards, while the server runs', () => {
  const list = desk.path('current.crl');
  const stage = new Stage({
    environment: {
      ...desk.settings,
      CPX_CRL_FILES: list,
      CPX_PROXY_SECRET: PROXY_SECRET,
      TRUSTED_PROXIES: '127.0.0.1',
    },
  });

  beforeAll(async () => {
    replaceBy('persons.crl');
    await stage.open();
  }, 60_000);
  afterAll(() => stage.close(), 20_000);

  /** As an operator's timer does: to another name, then renamed. */
  function replaceBy(name: string): void {
    copyFileSync(desk.path(`authorities/${name}`), `${list}.new`);
    renameSync(`${list}.new`, list);
  }
  function openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: desk.folder, stdio: 'pipe' });
  }
  /** The authority revokes a card and publishes its list anew. */
  function revoke(card: string): void {
    const ca = ['ca', '-config', desk.path('authorities/persons.cnf')];
    openssl(...ca, '-revoke', desk.path(`cards/${card}.pem`), '-crl_reason', 'superseded');
    openssl(...ca, '-gencrl', '-crldays', '7', '-out', desk.path('authorities/next.crl'));
  }
  const present = async () => {
    const headers = { 'x-client-cert': desk.header('cpf'), 'x-portillon-proxy-secret': PROXY_SECRET };
    return (await stage.visitor().post('/api/sign-in/cpx', {}, { headers })).outcome;
  };
  const journal = async () => {
    const sql = "SELECT reason, data FROM auditEvent WHERE means = 'cpx' ORDER BY id DESC LIMIT 1";
    const row = (await stage.database.row<{ reason: string; data: string }>(sql))!;
    return { reason: row.reason, ...(JSON.parse(row.data) as object) };
  };

  it('is reloaded when it is replaced: a lost card is refused at its next use, without a restart', async () => {
    await linkTo(stage, (await stage.person()).id, ZOE);
    expect(await present()).toBe('200');
    revoke('cpf');
    expect(await present()).toBe('200');
    replaceBy('next.crl');
    expect(await present()).toBe('401 certificate.rejected');
    expect(await journal()).toEqual({
      reason: 'card-revoked',
      cardSerial: '8025000001/2600401336',
      cardType: 'CPF',
      nationalId: '89•••••••336',
    });
  });

  it.each([
    ['stale', () => replaceBy('persons.stale.crl')],
    ['another authority’s', () => replaceBy('other-persons.crl')],
    ['gone', () => rmSync(list)],
  ])('refuses every card when it is %s, and takes them again once it is good', async (_what, spoil) => {
    spoil();
    expect(await present()).toBe('401 certificate.rejected');
    expect(await journal()).toMatchObject({ reason: 'card-revocation-unknown' });
    replaceBy('persons.crl');
    expect(await present()).toBe('200');
  });

  it('is reported by the doctor while it is unusable, then with its date', async () => {
    replaceBy('persons.stale.crl');
    const ill = await stage.command(['doctor']);
    expect(ill.output).toMatch(/^FAIL\s+cards\s+TEST AC IGC-SANTE FORT PERSONNES: no current list/m);
    replaceBy('persons.crl');
    const well = await stage.command(['doctor']);
    expect(well.output).toMatch(/^ok\s+cards\s+TEST AC IGC-SANTE FORT PERSONNES: its list is good until 20/m);
  });
});

describe('test cards', () => {
  it('are never allowed in production: the server does not start', async () => {
    const stage = new Stage();
    const { code, output } = await stage.command(['account', 'list'], undefined, {
      ...desk.settings,
      NODE_ENV: 'production',
      DATABASE_URL: `${desk.folder}/portillon.db`,
      CPX_PROXY_SECRET: PROXY_SECRET,
    });
    expect(code).not.toBe(0);
    expect(output).toContain('CPX_ALLOW_TEST_CARDS is refused in production');
  });

  it('are refused unless they are allowed, although their authority is trusted', async () => {
    const { CPX_ALLOW_TEST_CARDS: _, ...settings } = desk.settings;
    const stage = new Stage({
      environment: { ...settings, CPX_PROXY_SECRET: PROXY_SECRET, TRUSTED_PROXIES: '127.0.0.1' },
    });
    await stage.open();
    const headers = { 'x-client-cert': desk.header('cps'), 'x-portillon-proxy-secret': PROXY_SECRET };
    const answer = await stage.visitor().post('/api/sign-in/cpx', {}, { headers });
    const sql = "SELECT reason FROM auditEvent WHERE means = 'cpx'";
    const lines = await stage.database.rows<{ reason: string }>(sql);
    await stage.close();
    expect(answer.outcome).toBe('401 certificate.rejected');
    expect(lines).toEqual([{ reason: 'card-test-card' }]);
  }, 60_000);
});
