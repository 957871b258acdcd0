import { HttpsReceiver } from '@portillon/testing/servers';
import { Span, spansOf } from '../harness/server/spans';
import { describeOnEveryEngine, useStage } from '../harness/server/stage';
import type { Server } from '../harness/server/server';

/** All that a trace may say. */
const KEYS = [
  'db.collection.name',
  'db.operation.name',
  'db.system.name',
  'error.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'portillon.provider',
  'portillon.request.id',
  'server.address',
];
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const BROWSER_SPAN = '00f067aa0ba902b7';

const collector = new HttpsReceiver();
const environment = () => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: `https://127.0.0.1:${collector.port}`,
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20of-the-tests',
  NODE_EXTRA_CA_CERTS: collector.certificateFile,
});

beforeAll(() => collector.start());
afterAll(() => collector.stop());
beforeEach(() => collector.reset());

/** What left until the server had ended. */
async function spansUntilTheEndOf(server: Server): Promise<Span[]> {
  await server.stop();
  return spansOf(collector.requests);
}

describeOnEveryEngine('a sign-in', (stage, engine) => {
  it('is one trace, under the traceparent of the browser, down to its statements and its code', async () => {
    const server = await stage.anotherServer(environment());
    const claire = await stage.person();
    const traceparent = `00-${TRACE}-${BROWSER_SPAN}-00`;
    const browser = stage.visitor({ traceparent, tracestate: 'told=by-a-stranger' }).through(server.url);
    await claire.givePassword(browser, 'wrong-Password-of-Claire-9');
    const first = await claire.signIn(browser);
    expect(first.status).toBe(200);
    await browser.get(`/api/account/activity?cursor=${claire.id}`);
    await browser.delete(`/api/account/sessions/${claire.id}`);
    const spans = await spansUntilTheEndOf(server);

    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
    const requests = spans.filter(({ parentSpanId }) => parentSpanId === BROWSER_SPAN);
    expect(requests.map(({ name }) => name)).toEqual([
      'POST /api/sign-in/password',
      'POST /api/sign-in/password',
      'POST /api/sign-in/code',
      'GET /api/account/activity',
      'DELETE /api/account/sessions/:id',
    ]);
    const under = (parent: Span) => spans.filter(({ parentSpanId }) => parentSpanId === parent.spanId);
    // What support is given leads to the trace.
    expect(requests[2]!.attributes['portillon.request.id']).toBe(first.headers['x-request-id']);
    const system = engine === 'MariaDB' ? 'mariadb' : 'sqlite';
    expect(under(requests[1]!).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'SELECT account',
        'INSERT otpChallenge',
        'COMMIT',
        expect.stringMatching(/^send by /),
      ]),
    );
    expect(under(requests[2]!)[0]!.attributes).toMatchObject({ 'db.system.name': system });
    expect(collector.requests[0]!.headers).toMatchObject({ authorization: 'Bearer of-the-tests' });

    expect(
      spans.flatMap(({ attributes }) => Object.keys(attributes)).filter((key) => !KEYS.includes(key)),
    ).toEqual([]);
    const text = collector.requests.map(({ body }) => body).join('\n');
    const { email, username, displayName, id, password } = claire;
    const address = browser.options.headers!['x-forwarded-for']!;
    const cookies = [...browser.cookies.values()];
    const hers = [email, username, displayName, id, password, claire.codeInMail(), address, ...cookies];
    expect(hers.filter((one) => text.includes(one))).toEqual([]);
    expect(text).not.toMatch(/wrong-Password|by-a-stranger|cursor=|SELECT .* FROM/);
  });
});

describe('a collector', () => {
  const stage = useStage();

  it('that is not configured loads no part of OpenTelemetry, except the names in the metrics library', async () => {
    await stage.signedIn();
    const loaded = (await stage.server.packages()).filter((name) => name?.startsWith('@opentelemetry/'));
    expect(loaded.filter((name) => name !== '@opentelemetry/api')).toEqual([]);
  });

  it('that never answers holds up no sign-in, nor the end of the server', async () => {
    collector.mood = 'hang';
    const server = await stage.anotherServer({ ...environment(), OTEL_BSP_SCHEDULE_DELAY: '50' });
    const claire = await stage.person();
    expect((await claire.signIn(stage.visitor().through(server.url))).status).toBe(200);
    await server.stop();
    expect(server.running).toBe(false);
    expect(collector.requests.length).toBeGreaterThan(0);
  });

  it('is sent no trace that a stranger asks for, beyond the share that is kept', async () => {
    const server = await stage.anotherServer({ ...environment(), OTEL_TRACES_SAMPLER_ARG: '0' });
    const forced = stage.visitor({ traceparent: `00-${TRACE}-${BROWSER_SPAN}-01` }).through(server.url);
    await forced.get('/api/service');
    expect(await spansUntilTheEndOf(server)).toEqual([]);
  });
});
