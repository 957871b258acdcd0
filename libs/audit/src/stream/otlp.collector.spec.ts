import { describeWithProgram, HttpsReceiver } from '@portillon/testing';
import { OtlpCollector } from './otlp.collector';
import { eventOfHead } from './ocsf';

const AT = new Date('2026-11-29T03:00:00.123Z');
const HEAD = eventOfHead({ sequence: 7, digest: 'ab', sealedAt: AT }, AT);

describeWithProgram('openssl', 'an OTLP collector', () => {
  const receiver = new HttpsReceiver();
  let collector: OtlpCollector;

  beforeAll(async () => {
    await receiver.start();
    collector = new OtlpCollector({
      kind: 'otlp',
      url: new URL(`https://localhost:${receiver.port}/v1/logs`),
      tls: true,
      ca: receiver.certificate,
      headers: { authorization: 'Bearer of-the-tests' },
    });
  });
  afterAll(() => receiver.stop());
  beforeEach(() => receiver.reset());

  it('receives records with the event as their body, and the configured headers', async () => {
    await collector.send([HEAD]);
    await expect(collector.confirm()).resolves.toBeUndefined();
    const [request] = receiver.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1/logs',
      headers: { authorization: 'Bearer of-the-tests', 'content-type': 'application/json' },
    });
    expect(JSON.parse(request!.body)).toMatchObject({
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                {
                  timeUnixNano: `${AT.getTime()}000000`,
                  severityNumber: 9,
                  eventName: 'audit_head',
                  body: { stringValue: HEAD.json },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('that refuses has not accepted the records', async () => {
    receiver.mood = { status: 503 };
    await expect(collector.send([HEAD])).rejects.toThrow('the collector answered 503');
  });

  it("with another host's certificate receives nothing", async () => {
    const options = { kind: 'otlp', tls: true, headers: {} } as const;
    const stranger = new OtlpCollector({ ...options, url: new URL(`https://localhost:${receiver.port}`) });
    await expect(stranger.send([HEAD])).rejects.toThrow(/self-signed/);
    expect(receiver.requests).toEqual([]);
  });
});
