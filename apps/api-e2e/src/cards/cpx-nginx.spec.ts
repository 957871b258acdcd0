import { readFileSync } from 'node:fs';
import { CardDesk, describeWithNginx, PROXY_SECRET } from '../harness/people/card-desk';
import { describeCardOrigin } from '../harness/people/card-ways';
import { handshake } from '../harness/server/handshake';
import { REDIRECT_URI, registerApplication } from '../harness/applications/relying-party';
import { Stage } from '../harness/server/stage';
import { suitesTaken } from '../harness/services/tls-suites';

const HOST = 'portillon.test';
const CARD_HOST = 'carte.portillon.test';

describeWithNginx('the card at a host of its own, behind nginx', () => {
  const desk = new CardDesk(HOST);
  const stage = new Stage({
    environment: {
      ...desk.settings,
      PUBLIC_URL: `https://${HOST}`,
      CPX_URL: `https://${CARD_HOST}`,
      CPX_PROXY_SECRET: PROXY_SECRET,
      TRUSTED_PROXIES: '127.0.0.1',
    },
  });
  let port: number;

  beforeAll(async () => {
    await stage.open();
    port = await desk.startNginx(`127.0.0.1:${stage.server.port}`, HOST, CARD_HOST);
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await desk.close();
  }, 20_000);

  describeCardOrigin({
    stage,
    desk,
    card: () => `https://127.0.0.1:${port}`,
    cardHost: CARD_HOST,
    visitor: () => stage.visitor(),
  });

  it('brings a person back to an application with a state of 2 KB, whatever its characters', async () => {
    const { id } = await registerApplication(stage, {});
    const state = '"'.repeat(2_000);
    const asked = { client_id: id, redirect_uri: REDIRECT_URI, response_type: 'code', prompt: 'none', state };
    const pkce = { code_challenge: 'a'.repeat(43), code_challenge_method: 'S256', scope: 'openid' };
    const path = `/oidc/authorize?${new URLSearchParams({ ...asked, ...pkce }).toString()}`;
    const at = stage.visitor().through(`https://127.0.0.1:${port}`);
    const tls = { servername: HOST, rejectUnauthorized: false };
    const { status, headers } = await at.get(path, { headers: { host: HOST }, tls });
    const back = new URL(headers.location ?? 'about:blank').searchParams;
    expect([status, back.get('error'), back.get('state')]).toEqual([303, 'login_required', state]);
  });

  it('shows whose card is refused a French page that helps', async () => {
    for (const card of ['expired', 'other-authority', 'self-signed']) {
      const how = { method: 'GET', path: '/', host: CARD_HOST };
      const answer = await desk.present(stage.visitor(), `https://127.0.0.1:${port}`, card, how);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      for (const words of [
        'lang="fr"',
        'lecteur',
        'Cryptolib',
        'ATSAM',
        'PIN',
        'périmée',
        'Pro Santé Connect',
        `href='https://${HOST}/connexion'`,
      ])
        expect(answer.text).toContain(words);
    }
  });

  it.each([
    ['expired', 'card-expired', '8025000001/2600366240'],
    ['signature', 'card-not-for-authentication', '8025000001/2600366240'],
    ['other-authority', 'card-unknown-authority', undefined],
  ])('writes to the journal why nginx refused a certificate: %s', async (card, reason, cardSerial) => {
    const browser = stage.visitor();
    const answer = await desk.present(browser, `https://127.0.0.1:${port}`, card, { host: CARD_HOST });
    expect(answer.outcome).toBe('401 certificate.rejected');
    const row = await stage.database.row<{ reason: string; data: string | null; requestId: string }>(
      "SELECT reason, data, requestId FROM auditEvent WHERE means = 'cpx' ORDER BY id DESC LIMIT 1",
    );
    expect(row).toMatchObject({ reason, requestId: answer.body.requestId as string });
    expect((JSON.parse(row!.data ?? '{}') as { cardSerial?: string }).cardSerial).toBe(cardSerial);
  });

  it('forwards only the card’s routes, whatever the certificate', async () => {
    const post = (card: string | null) =>
      desk.present(stage.visitor(), `https://127.0.0.1:${port}`, card, {
        path: '/api/sign-in/cpx/else',
        host: CARD_HOST,
      });
    expect([(await post(null)).status, (await post('cps')).status]).toEqual([302, 302]);
    // nginx’s own answer, in its own form.
    await expect(post('expired')).rejects.toThrow('answered 405');
  });

  it('is the only host that asks for a certificate, and the only one that may name one', async () => {
    const headers = { 'x-client-cert': desk.header('cps'), 'x-portillon-proxy-secret': PROXY_SECRET };
    const how = { host: HOST, headers };
    const answer = await desk.present(stage.visitor(), `https://127.0.0.1:${port}`, 'cps', how);
    expect(answer.outcome).toBe('401 certificate.missing');
  });

  it('is not entered by a handshake with the other host’s name', async () => {
    const how = { host: HOST, headers: { host: CARD_HOST } };
    const answer = await desk
      .present(stage.visitor(), `https://127.0.0.1:${port}`, 'cps', how)
      .catch(() => undefined);
    expect([undefined, 400, 401, 421]).toContain(answer?.status);
  });

  it.each([CARD_HOST, HOST, 'other.test'])('takes no suite without forward secrecy as %s', async (host) => {
    expect(await suitesTaken(port, host)).toEqual(['ECDHE-RSA-AES128-GCM-SHA256']);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('takes up no earlier handshake again (%s)', async (version) => {
    const card = {
      cert: readFileSync(desk.path('cards/cps.pem')),
      key: readFileSync(desk.path('cards/cps.key')),
    };
    const first = await handshake(port, CARD_HOST, card, version);
    const second = await handshake(port, CARD_HOST, card, version, first.session);
    expect(second.resumed).toBe(false);
  });
});
