import { MetricsRegistry, SECOND } from '@portillon/kernel';
import type { ProviderReceipt } from '../channels/channel-provider.types';
import { GuardedProvider } from '../channels/guarded-provider';
import { NotificationPolicy } from '../notification.options';
import { describeOutbox } from '../testing/describe-outbox';
import { sms } from '../testing/messages';
import { ReceiptService } from './receipt.service';

const REQUEST = { url: 'https://portillon.example/', headers: {}, form: {} };

describeOutbox('what a provider reports', (fixture) => {
  let registry: MetricsRegistry;
  let receipts: ReceiptService;
  let receipt: ProviderReceipt | undefined;

  beforeEach(async () => {
    const one = fixture.start();
    const { limits } = new NotificationPolicy();
    const provider = Object.assign(fixture.outlet, { readReceipt: async () => receipt });
    const providers = { EMAIL: [], SMS: [new GuardedProvider(provider, limits)] };
    registry = new MetricsRegistry();
    receipts = new ReceiptService(providers, one.repository, fixture.clock, registry);
    await one.send(sms());
    const [row] = await fixture.rows();
    receipt = { id: row!.id, reference: 'ref-1', state: 'delivered', code: null };
  });

  const receive = (changes: Partial<ProviderReceipt> = {}) => {
    receipt = { ...receipt!, ...changes };
    return receipts.receive('outlet', REQUEST);
  };
  const reported = async () => {
    const [row] = await fixture.rows();
    return [row!.report, row!.reason, row!.reportedAt];
  };
  const series = async () => (await registry.metrics()).split('\n').filter((line) => !line.startsWith('#'));

  it('is noted with its time, and measured from the request for the message', async () => {
    fixture.clock.advance(7 * SECOND);
    expect([await receive(), await reported()]).toEqual([true, ['delivered', null, fixture.clock.now()]]);
    expect(await series()).toEqual(
      expect.arrayContaining([
        'portillon_sms_receipts_total{provider="outlet",state="delivered"} 1',
        'portillon_sms_delivery_seconds_bucket{le="10",provider="outlet"} 1',
        'portillon_sms_delivery_seconds_bucket{le="5",provider="outlet"} 0',
      ]),
    );
  });

  it('is noted once, and its first word of an end stays', async () => {
    expect([await receive(), await receive(), await receive({ state: 'undelivered' })]).toEqual([
      true,
      true,
      true,
    ]);
    expect((await reported())[0]).toBe('delivered');
    expect(await series()).toContain('portillon_sms_receipts_total{provider="outlet",state="delivered"} 1');
  });

  it.each(['undelivered', 'expired', 'rejected'] as const)(
    '(%s) keeps the code, for the operator',
    async (state) => {
      await receive({ state, code: '30003' });
      expect(await reported()).toEqual([state, 'outlet 30003', fixture.clock.now()]);
    },
  );

  it('finds its message by the name that the provider has for it, where it knows no other', async () => {
    expect([await receive({ id: undefined }), (await reported())[0]]).toEqual([true, 'delivered']);
  });

  it.each<[string, Partial<ProviderReceipt>]>([
    ['of another message of the provider', { reference: 'ref-2' }],
    ['of no message', { id: 'nowhere' }],
    ['of no name', { id: undefined, reference: null }],
    ['that ends nothing', { state: 'unknown' }],
  ])('%s changes nothing, and is answered as any other', async (_, changes) => {
    expect([await receive(changes), await reported()]).toEqual([true, [null, null, null]]);
  });

  it('keeps no text that is no code', async () => {
    await receive({ state: 'undelivered', code: "'; DROP TABLE" });
    expect(await reported()).toEqual(['undelivered', null, fixture.clock.now()]);
  });

  it('is refused where it is not proved, or of a provider that is not there', async () => {
    expect(await receipts.receive('kannel', REQUEST)).toBe(false);
    receipt = undefined;
    expect([await receipts.receive('outlet', REQUEST), await reported()]).toEqual([
      false,
      [null, null, null],
    ]);
  });
});
