import { Keyring, SystemClock, SystemRandom } from '@portillon/kernel';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { KEY } from './testing/webhook.fixture';
import { WebhookSecretService, signatureHeaders } from './webhook-secret.service';

const clock = new SystemClock();
const service = new WebhookSecretService(new Keyring([KEY]), new SystemRandom(clock), clock);
const [first, second, foreign] = ['a', 'b', 'c'].map((id) => service.make(id).secret) as [
  string,
  string,
  string,
];
const BODY = JSON.stringify({ type: 'account.created', data: { accountId: 'Zoé' } });

describe('a signature, to the library of Standard Webhooks', () => {
  const headers = signatureHeaders({ id: 'message', body: BODY, at: clock.now(), secrets: [second, first] });

  it('is valid with the current secret and with the previous one', () => {
    for (const secret of [second, first])
      expect(new Webhook(secret).verify(BODY, headers)).toMatchObject({ type: 'account.created' });
  });

  it.each([
    ['another secret', foreign, BODY, headers],
    ['another body', second, BODY.replace('Zoé', 'Ève'), headers],
    ['another id', second, BODY, { ...headers, 'webhook-id': 'other' }],
    [
      'another time',
      second,
      BODY,
      { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) },
    ],
  ])('is not good by %s', (_, secret, body, changed) => {
    expect(() => new Webhook(secret).verify(body, changed)).toThrow(WebhookVerificationError);
  });

  it('matches the specification', () => {
    const signed = signatureHeaders({
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      body: '{"test": 2432232314}',
      at: new Date(1_614_265_330_000),
      secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    });
    expect(signed['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});
