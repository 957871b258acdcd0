import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Keyring } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { MigratorService, Transactions } from '@portillon/persistence';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { createApp } from '../boot';
import { readSettings } from '../settings/read/read-settings';

const TOKEN = 'the token of the account';
const ORIGIN = 'https://portillon.example';

function gatewayFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'portillon-gateway-')), 'sms-gateway.json');
  const receipt = { state: 'status.value', delivered: ['DELIVERED'] };
  const body = { json: { to: '{number}', text: '{text}' }, sent: { status: [201] } };
  writeFileSync(file, JSON.stringify({ url: 'https://gateway.example/sms', ...body, receipt }));
  return file;
}

describe('a report of a provider of SMS', () => {
  let app: NestFastifyApplication;
  let path: string;
  let keyring: Keyring;

  beforeAll(async () => {
    const environment = {
      PUBLIC_URL: ORIGIN,
      DATABASE_URL: 'sqlite::memory:',
      SECRET_KEYS: `test:${randomBytes(32).toString('base64')}`,
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'portillon@portillon.example',
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: TOKEN,
      TWILIO_FROM: '+33937000000',
      OVH_APPLICATION_KEY: 'key',
      OVH_APPLICATION_SECRET: 'secret',
      OVH_CONSUMER_KEY: 'consumer',
      OVH_SMS_SERVICE: 'sms-ab12345-1',
      OVH_SENDER: 'Portillon',
      KANNEL_URL: 'http://127.0.0.1:1/cgi-bin/sendsms',
      KANNEL_USERNAME: 'portillon',
      KANNEL_PASSWORD: 'password',
      KANNEL_SENDER: 'Portillon',
      SMS_HTTP_FILE: gatewayFile(),
      LOG_LEVEL: 'silent',
      LOG_FORMAT: 'json',
    };
    app = await createApp({ settings: readSettings(environment, '/nowhere') });
    await app.init();
    await app.get(MigratorService).migrate();
    keyring = app.get(Keyring);
    path = `/api/delivery-reports/twilio?id=${await aMessage()}`;
  });

  afterAll(() => app.close());

  const aMessage = async () => {
    const sms = { channel: 'SMS', to: '+33639981242', text: 'Votre code' } as const;
    const options = { kind: 'code.sign-in', accountId: null, when: 'later' } as const;
    const { id } = await app
      .get(Transactions)
      .run((tx) => app.get(NotificationService).enqueue(sms, options, tx));
    return id;
  };

  const form = (status: string) => ({ MessageSid: `SM${'1'.repeat(32)}`, MessageStatus: status });
  const post = (status: string, signature: string | undefined, type = 'application/x-www-form-urlencoded') =>
    app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': type, ...(signature ? { 'x-twilio-signature': signature } : {}) },
      payload: new URLSearchParams(form(status)).toString(),
    });
  const signed = (status: string, url = ORIGIN + path) =>
    getExpectedTwilioSignature(TOKEN, url, form(status));
  const reported = async (id = path.split('=')[1]) =>
    (
      await app
        .get(DataSource)
        .query<{ report: string }[]>('SELECT report FROM notification WHERE id = ?', [id])
    )[0]?.report;

  it.each([
    ['without a signature', undefined],
    [
      'with another’s signature',
      () => getExpectedTwilioSignature('another token', ORIGIN + path, form('delivered')),
    ],
    ['with the signature of another status', () => signed('failed')],
    ['with the signature of another address', () => signed('delivered', `${ORIGIN}/elsewhere`)],
  ])('%s is refused and changes nothing', async (_, signature) => {
    const answer = await post('delivered', signature?.());
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'permission.denied']);
    expect(await reported()).toBeNull();
  });

  it('with Twilio’s signature is kept', async () => {
    expect((await post('delivered', signed('delivered'))).statusCode).toBe(204);
    expect(await reported()).toBe('delivered');
  });

  it('in words that Twilio has not is not kept', async () => {
    const word = "'; DROP TABLE notification";
    expect((await post(word, signed(word))).statusCode).toBe(204);
    expect(await reported()).toBe('delivered');
  });

  it('of Kannel, which signs nothing, is kept with the digest of its message alone', async () => {
    const [id, other] = [await aMessage(), await aMessage()];
    const mac = (of: string) => keyring.digest('sms.receipt', ['kannel', of]);
    const get = (query: string) => app.inject(`/api/delivery-reports/kannel?${query}`);
    for (const query of [`id=${id}&status=1`, `id=${id}&mac=${mac(other)}&status=1`])
      expect((await get(query)).statusCode).toBe(403);
    expect(await reported(id)).toBeNull();
    expect((await get(`id=${id}&mac=${mac(id)}&status=2`)).statusCode).toBe(204);
    expect([await reported(id), await reported(other)]).toEqual(['undelivered', null]);
  });

  it('of OVHcloud is kept with the digest of its account, and not with that of a message of another', async () => {
    const id = await aMessage();
    await app.get(DataSource).query(`UPDATE notification SET provider = 'ovh', reference = '4711' WHERE id = ?`, [id]); // prettier-ignore
    const mac = (provider: string) => keyring.digest('sms.receipt', [provider, '']);
    const get = (of: string) => app.inject(`/api/delivery-reports/ovh?mac=${mac(of)}&id=4711&ptt=4`);
    expect((await get('kannel')).statusCode).toBe(403);
    expect(await reported(id)).toBeNull();
    expect((await get('ovh')).statusCode).toBe(204);
    expect(await reported(id)).toBe('delivered');
  });

  it('of a gateway that a file describes is kept with the digest of its message alone, also in JSON', async () => {
    const id = await aMessage();
    const post = (mac: string, body: object) =>
      app.inject({ method: 'POST', url: `/api/delivery-reports/http?id=${id}&mac=${mac}`, payload: body });
    const delivered = { status: { value: 'DELIVERED' } };
    const mac = keyring.digest('sms.receipt', ['http', id]);
    expect((await post(keyring.digest('sms.receipt', ['kannel', id]), delivered)).statusCode).toBe(403);
    const deep = JSON.parse('{"a":'.repeat(2_000) + '1' + '}'.repeat(2_000)) as object;
    expect((await post(mac, deep)).statusCode).toBe(400);
    expect(await reported(id)).toBeNull();
    expect((await post(mac, delivered)).statusCode).toBe(204);
    expect(await reported(id)).toBe('delivered');
  });

  it('is no plain text, and a form is read nowhere else', async () => {
    expect((await post('delivered', signed('delivered'), 'text/plain')).statusCode).toBe(415);
    const elsewhere = await app.inject({
      method: 'POST',
      url: '/api/sign-in/password',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'username=a&password=b',
    });
    expect(elsewhere.statusCode).toBe(415);
  });
});
