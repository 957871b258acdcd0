import type { AuditSealService } from '@portillon/audit';
import type { GateCheckCountService } from '@portillon/gate';
import { MetricsRegistry } from '@portillon/kernel';
import type { WebhookOutboxService } from '@portillon/webhook';
import type { ClockSkewService } from './clock-skew.service';
import type { ExpiryService } from './expiry.service';
import { MetricsService } from './metrics.service';

describe('the metrics', () => {
  it('are those of this scrape, each of them', async () => {
    const now = new Date('2026-11-24T15:39:00.000Z');
    const head = { sequence: 7, digest: 'ab', sealedAt: now };
    const metrics = new MetricsService(
      new MetricsRegistry(),
      { state: async () => ({ head, waitingMs: 3_000, missingKeys: [] }) } as unknown as AuditSealService,
      {
        all: async () => [{ setting: 'TLS_CERT_FILE', subject: 'x', at: now, marginMs: 0 }],
      } as unknown as ExpiryService,
      { measure: async () => 250 } as unknown as ClockSkewService,
      {
        health: async () => ({ waiting: 4, failing: 2, failingEndpoints: 1 }),
      } as unknown as WebhookOutboxService,
      {
        all: () => [{ applicationId: 'agenda', outcome: 'admitted', count: 5 }],
      } as unknown as GateCheckCountService,
    );
    await metrics.scrape();
    const { text } = await metrics.scrape();
    const seconds = now.getTime() / 1_000;
    for (const line of [
      'portillon_audit_head_sequence 7',
      `portillon_audit_sealed_timestamp_seconds ${seconds}`,
      'portillon_audit_waiting_seconds 3',
      `portillon_expiry_timestamp_seconds{setting="TLS_CERT_FILE",subject="x"} ${seconds}`,
      'portillon_clock_skew_seconds 0.25',
      'portillon_webhook_deliveries{state="failing"} 2',
      'portillon_webhook_failing_endpoints 1',
      'portillon_gate_checks_total{application="agenda",outcome="admitted"} 5',
    ])
      expect(text.split('\n')).toContain(line);
  });
});
