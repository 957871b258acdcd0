import { FindingRegistry, MetricsRegistry } from '@portillon/kernel';
import type { OperationOptions } from '../operation.options';
import type { HealthService } from './health.service';
import { MetricsService } from './metrics.service';

describe('the metrics of the process', () => {
  it('are those of this scrape, each of them', async () => {
    const now = new Date('2026-11-24T15:39:00.000Z');
    const findings = new FindingRegistry();
    const found = (subject: string, values: object) =>
      findings.register({ subject, find: async () => ({ state: 'well', text: '', values }) as never });
    found('expiry', { expiries: [{ state: 'well', setting: 'TLS_CERT_FILE', subject: 'x', at: now }] });
    found('clock', { aheadMs: 250 });
    const checks = { database: { status: 'down' }, mail: { status: 'up' }, redis: { status: 'off' } };
    const health = { readiness: async () => ({ checks }) } as unknown as HealthService;
    const options = { version: '1.2.3' } as OperationOptions;
    const { text } = await new MetricsService(new MetricsRegistry(), findings, health, options).scrape();
    for (const line of [
      'portillon_build_info{version="1.2.3"} 1',
      `portillon_expiry_timestamp_seconds{setting="TLS_CERT_FILE",subject="x"} ${now.getTime() / 1_000}`,
      'portillon_clock_skew_seconds 0.25',
      'portillon_dependency_up{dependency="database"} 0',
      'portillon_dependency_up{dependency="mail"} 1',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).not.toContain('dependency="redis"');
  });
});
