import { MetricsRegistry } from '@portillon/kernel';
import { version } from '../../package.json';
import type { ClockSkewService } from './clock-skew.service';
import type { ExpiryService } from './expiry.service';
import { MetricsService } from './metrics.service';

describe('the metrics of the process', () => {
  it('are those of this scrape, each of them', async () => {
    const now = new Date('2026-11-24T15:39:00.000Z');
    const metrics = new MetricsService(
      new MetricsRegistry(),
      {
        all: async () => [{ setting: 'TLS_CERT_FILE', subject: 'x', at: now, marginMs: 0 }],
      } as unknown as ExpiryService,
      { measure: async () => 250 } as unknown as ClockSkewService,
    );
    const { text } = await metrics.scrape();
    for (const line of [
      `portillon_build_info{version="${version}"} 1`,
      `portillon_expiry_timestamp_seconds{setting="TLS_CERT_FILE",subject="x"} ${now.getTime() / 1_000}`,
      'portillon_clock_skew_seconds 0.25',
    ])
      expect(text.split('\n')).toContain(line);
  });
});
