import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { addMilliseconds, SystemClock } from '@portillon/kernel';
import { sending, sms } from '../testing/messages';
import { useChannels } from '../testing/open-channels';
import { keyring } from '../testing/process';
import { HttpGateway, HttpGatewayOptions, readHttpGateway } from './http-gateway.options';
import { HttpGatewayProvider } from './http-gateway.provider';

const clock = new SystemClock();
const HERE = ['127.0.0.1'];

/** As an operator writes it; the shapes are those of smsmode, Brevo and Orange. */
const JSON_GATEWAY: HttpGateway = {
  url: '',
  headers: { 'x-api-key': '{secret}' },
  json: {
    recipient: { to: '{number}' },
    body: { text: '{text}' },
    from: '{from}',
    refClient: '{reference}',
    callbackUrlStatus: '{receiptUrl}',
  },
  number: 'digits',
  sent: { status: [201], value: { path: 'status.value', oneOf: ['ENROUTE'] } },
  refused: { status: [400], value: { path: 'detail', oneOf: ['invalid number'] } },
  later: { status: [423] },
  messageId: 'messageId',
  receipt: { state: 'status.value', delivered: ['DELIVERED'], undelivered: ['UNDELIVERABLE'] },
};

interface Asked {
  method?: string;
  url?: string;
  headers: IncomingMessage['headers'];
  body: string;
}

describe('an SMS through a gateway that takes HTTP requests', () => {
  const open = useChannels(clock);
  let server: Server;
  let answer: { status: number; body?: string; headers?: Record<string, string> };
  let asked: Asked[];

  beforeEach(async () => {
    asked = [];
    answer = { status: 201, body: '{"messageId":"m-1","status":{"value":"ENROUTE"}}' };
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url, headers } = request;
        asked.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => server.close());

  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`;
  const optionsOf = (changes: Partial<HttpGateway> = {}): HttpGatewayOptions => ({
    kind: 'http',
    gateway: readHttpGateway(JSON.stringify({ ...JSON_GATEWAY, url: address(), ...changes })),
    secret: 'of-the-contract',
    from: 'Portillon',
    receiptUrl: 'https://portillon.example/api/delivery-reports/http',
    allow: HERE,
  });
  const send = async (changes: Partial<HttpGateway> = {}, text = 'Portillon : code 482913') => {
    const ways = await open({ sms: { providers: [optionsOf(changes)] }, limits: { retries: 0 } });
    return ways.channels.send(sms({ text }), {
      id: 'message-1',
      usefulUntil: addMilliseconds(clock.now(), 570_000),
    });
  };

  it('leaves as the file says, with the secret, and keeps the gateway’s name for it', async () => {
    expect(await send()).toMatchObject({ delivery: 'SENT', provider: 'http', reference: 'm-1' });
    const [{ method, headers, body }] = asked as [Asked];
    expect([method, headers['x-api-key'], headers['content-type']]).toEqual([
      'POST',
      'of-the-contract',
      'application/json',
    ]);
    expect(JSON.parse(body)).toMatchObject({
      recipient: { to: '33612345678' },
      body: { text: 'Portillon : code 482913' },
      from: 'Portillon',
      refClient: 'message-1',
    });
  });

  it('leaves as a form', async () => {
    const form = { to: '{number}', text: '{text}', validity: '{minutes}' };
    expect(await send({ json: undefined, form, number: 'e164' })).toMatchObject({ delivery: 'SENT' });
    const fields = Object.fromEntries(new URLSearchParams(asked[0]!.body));
    expect(fields).toEqual({ to: '+33612345678', text: 'Portillon : code 482913', validity: '9' });
  });

  it('has its text in its own field, whatever characters it has', async () => {
    const text = `"}, "to": "+33600000000", {secret} {number} \\ & = \n`;
    await send({}, text);
    expect(JSON.parse(asked[0]!.body)).toMatchObject({ recipient: { to: '33612345678' }, body: { text } });
  });

  it.each([
    ['is refused for good', { status: 400, body: '{"detail":"invalid number"}' }, 'http 400', false],
    ['is refused for another reason', { status: 400, body: '{"detail":"no credit"}' }, 'http 400', true],
    ['is to be tried again', { status: 423 }, 'http 423', true],
    ['meets a fault', { status: 500 }, 'http 500', true],
    [
      'is taken by an answer that says otherwise',
      { status: 201, body: '{"status":{"value":"KO"}}' },
      'http 201',
      true,
    ],
    ['gets no JSON', { status: 201, body: '<html>' }, 'http 201', true],
  ])('that %s is not taken for sent', async (_what, given, reason, mayStillLeave) => {
    answer = given;
    expect(await send()).toMatchObject({ delivery: 'FAILED', reason, mayStillLeave });
    expect(asked).toHaveLength(1);
  });

  it('follows no redirect: neither the number nor the secret goes elsewhere', async () => {
    answer = { status: 307, headers: { location: `${address()}/elsewhere` } };
    expect(await send()).toMatchObject({ delivery: 'FAILED', reason: 'http 307' });
    expect(asked).toHaveLength(1);
  });

  it('reads an answer without end no further than it must', async () => {
    answer = { status: 201, body: 'a'.repeat(100_000) };
    expect((await send()).delivery).toBe('UNCONFIRMED');
  });

  it.each([
    ['in clear over the network', 'http://gateway.example/sms', HERE],
    ['to this machine, which nobody allowed', 'https://127.0.0.1/sms', []],
    ['with a password in its address', 'https://user:word@gateway.example/sms', []],
  ])('is not sent %s', (_what, url, allow) => {
    const options = { ...optionsOf(), allow, gateway: { ...JSON_GATEWAY, url } };
    expect(() => new HttpGatewayProvider(options, clock, keyring)).toThrow('OUTBOUND_ALLOW');
  });

  it('is not sent to a name with an internal address', async () => {
    const options = { ...optionsOf({ url: 'https://localhost/sms' }), allow: [] };
    const ways = await open({ sms: { providers: [options] }, limits: { retries: 0 } });
    expect(await ways.channels.send(sms(), sending())).toMatchObject({
      delivery: 'FAILED',
      reason: 'http OUTBOUND_ADDRESS_REFUSED',
    });
  });

  it('is reported on at an address that only its gateway was given', async () => {
    const provider = new HttpGatewayProvider(optionsOf(), clock, keyring);
    await provider.send(sms(), { ...sending('message-9'), signal: AbortSignal.timeout(5_000) });
    const { callbackUrlStatus: url } = JSON.parse(asked[0]!.body) as { callbackUrlStatus: string };
    const report = (changes: Partial<{ url: string; form: Record<string, string> }> = {}) =>
      provider.readReceipt({ url, headers: {}, form: { 'status.value': 'DELIVERED' }, ...changes });
    expect(await report()).toEqual({
      id: 'message-9',
      reference: null,
      state: 'delivered',
      code: 'DELIVERED',
    });
    expect(await report({ form: { 'status.value': 'UNDELIVERABLE' } })).toMatchObject({
      state: 'undelivered',
    });
    expect(await report({ form: {} })).toMatchObject({ state: 'unknown', code: null });
    expect(await report({ url: url.replace('message-9', 'message-8') })).toBeUndefined();
    expect(await report({ url: 'https://portillon.example/api/delivery-reports/http' })).toBeUndefined();
    provider.close();
  });
});

describe('the description of a gateway', () => {
  it('is taken as the guide has it for three gateways', () => {
    const guide = readFileSync(join(__dirname, '../../../../docs/guide/sms-gateways.md'), 'utf8');
    const examples = [...guide.matchAll(/^```json\n(.*?)\n^```/gms)].map(([, text]) => text!);
    expect(examples).toHaveLength(3);
    for (const text of examples) expect(readHttpGateway(text).sent.status.length).toBeGreaterThan(0);
  });

  const GOOD = { ...JSON_GATEWAY, url: 'https://gateway.example/sms' };

  it.each([
    ['no JSON', 'secret: word', 'is not a JSON object'],
    ['a list', '[]', 'is not a JSON object'],
    ['a field that there is not', { ...GOOD, body: {} }, 'unknown field "body"'],
    ['no address', { ...GOOD, url: 'gateway' }, 'needs "url"'],
    ['a method that sends nothing', { ...GOOD, method: 'GET' }, '"method"'],
    ['two bodies', { ...GOOD, form: {} }, '"json" or "form"'],
    ['no rule for what was taken', { ...GOOD, sent: { status: 201 } }, 'needs "sent"'],
    ['a receipt without its states', { ...GOOD, receipt: { state: 's' } }, '"receipt"'],
    ['a placeholder that there is not', { ...GOOD, json: ['{number}{text}{code}'] }, '{code}'],
    ['no text', { ...GOOD, json: ['{number}'] }, 'uses {text} nowhere'],
    ['too much', { ...GOOD, json: 'a'.repeat(20_000) }, 'is longer than'],
  ])('with %s is refused, in a sentence that quotes no value', (_what, written, fault) => {
    const text = typeof written === 'string' ? written : JSON.stringify(written);
    expect(() => readHttpGateway(text)).toThrow(fault);
  });
});
