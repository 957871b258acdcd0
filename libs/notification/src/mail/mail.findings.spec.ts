import { SmtpSink } from '@portillon/testing';
import { mailerOptions } from './mailer.options';
import { relayCertificates } from './mail.findings';

describe('the certificates of relays', () => {
  const relays = [new SmtpSink({ startTls: true }), new SmtpSink()];

  beforeAll(() => Promise.all(relays.map((relay) => relay.start())));
  afterAll(() => Promise.all(relays.map((relay) => relay.stop())));

  it('are seen after STARTTLS, and of no relay without it', async () => {
    const transport = relays.map(({ url }) => url);
    const options = mailerOptions({ mail: { transport, from: 'portillon@portillon.example' } });
    expect(await relayCertificates(options)).toEqual([
      { setting: 'SMTP_URL', subject: new URL(transport[0]!).host, validTo: expect.any(Date) },
    ]);
  });
});
