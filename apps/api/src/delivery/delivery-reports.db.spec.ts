import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NotificationService } from '@portillon/notification';
import { MigratorService, Transactions } from '@portillon/persistence';
import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { createApp } from '../boot';
import { readSettings } from '../settings/read-settings';

const TOKEN = 'the token of the account';
const ORIGIN = 'https://portillon.example';

describe('a report of a provider of SMS', () => {
  let app: NestFastifyApplication;
  let path: string;

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
      LOG_LEVEL: 'silent',
      LOG_FORMAT: 'json',
    };
    app = await createApp({ settings: readSettings(environment, '/nowhere') });
    await app.init();
    await app.get(MigratorService).migrate();
    const sms = { channel: 'SMS', to: '+33639981242', text: 'Votre code' } as const;
    const options = { kind: 'code.sign-in', accountId: null, when: 'later' } as const;
    const { id } = await app
      .get(Transactions)
      .run((tx) => app.get(NotificationService).enqueue(sms, options, tx));
    path = `/api/delivery-reports/twilio?id=${id}`;
  });

  afterAll(() => app.close());

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
  const reported = async () =>
    (await app.get(DataSource).query<{ report: string }[]>('SELECT report FROM notification'))[0]?.report;

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

  it('is a form, and a form is read nowhere else', async () => {
    expect((await post('delivered', signed('delivered'), 'application/json')).statusCode).toBe(415);
    const elsewhere = await app.inject({
      method: 'POST',
      url: '/api/sign-in/password',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'username=a&password=b',
    });
    expect(elsewhere.statusCode).toBe(415);
  });
});
