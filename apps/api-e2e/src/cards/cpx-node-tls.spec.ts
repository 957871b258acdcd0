import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort } from '@portillon/testing/servers';
import { CardDesk } from '../harness/people/card-desk';
import { describeCardOrigin } from '../harness/people/card-ways';
import { handshake } from '../harness/server/handshake';
import { Stage } from '../harness/server/stage';
import { suitesTaken } from '../harness/services/tls-suites';

const HOST = 'portillon.test';

describe('the card at a port of the server itself', () => {
  const desk = new CardDesk(HOST);
  const environment: Record<string, string> = {
    ...desk.settings,
    PUBLIC_URL: `https://${HOST}`,
    TLS_CERT_FILE: desk.path('server.pem'),
    TLS_KEY_FILE: desk.path('server.key'),
  };
  const stage = new Stage({ environment });
  const port = () => Number(environment['CPX_PORT']);

  beforeAll(async () => {
    environment['CPX_PORT'] = String(await freePort());
    await stage.open();
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await desk.close();
  }, 20_000);

  describeCardOrigin({
    stage,
    desk,
    card: () => `https://127.0.0.1:${port()}`,
    cardHost: HOST,
    visitor: () => stage.visitor().through(`https://127.0.0.1:${stage.server.port}`),
  });

  it('is named to the page', async () => {
    const browser = stage.visitor().through(`https://127.0.0.1:${stage.server.port}`);
    const answer = await browser.get('/api/service');
    expect(answer.body.cardUrl).toBe(`https://${HOST}:${port()}`);
    const page = await browser.get('/connexion');
    expect(page.headers['content-security-policy']).toContain(`connect-src 'self' https://${HOST}:${port()}`);
  });

  it('accepts only suites with forward secrecy, on both ports, also after SIGHUP', async () => {
    const taken = async () => [await suitesTaken(port(), HOST), await suitesTaken(stage.server.port, HOST)];
    const strong = ['ECDHE-RSA-AES128-GCM-SHA256'];
    expect(await taken()).toEqual([strong, strong]);
    stage.server.signal('SIGHUP');
    await stage.server.lineThat(({ msg }) => msg === 'TLS_CERT_FILE was read again');
    expect(await taken()).toEqual([strong, strong]);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('takes up no earlier handshake again (%s)', async (version) => {
    const card = {
      cert: readFileSync(desk.path('cards/cps.pem')),
      key: readFileSync(desk.path('cards/cps.key')),
    };
    const first = await handshake(port(), HOST, card, version);
    const second = await handshake(port(), HOST, card, version, first.session);
    expect(second.resumed).toBe(false);
  });

  it('does not hold a stop up by a handshake that waits for a PIN', async () => {
    const waiting = connect(port(), '127.0.0.1');
    await once(waiting, 'connect');
    const ended = once(waiting, 'close');
    waiting.on('error', () => undefined);
    const start = performance.now();
    await stage.server.stop();
    await ended;
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});
