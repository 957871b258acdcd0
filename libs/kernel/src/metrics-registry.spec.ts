import { Counter, Gauge } from 'prom-client';
import { MetricsRegistry } from './metrics-registry';

describe('the metrics of a process', () => {
  let registry: MetricsRegistry;
  const lines = async () => (await registry.metrics()).split('\n');
  const gauge = (name: string, labelNames: string[] = []) =>
    new Gauge({ name, help: 'x', labelNames, registers: [registry] });

  beforeEach(() => (registry = new MetricsRegistry()));

  it('are those of this scrape, also what was declared before its read', async () => {
    let now = 1;
    const early = gauge('portillon_early');
    gauge('portillon_between');
    const late = gauge('portillon_late', ['lane']);
    registry.readAtScrape([late, early], async () => {
      await Promise.resolve();
      early.set(now);
      late.set({ lane: `of ${now}` }, now);
    });
    await registry.metrics();
    now = 2;
    const found = await lines();
    expect(found).toContain('portillon_early 2');
    expect(found.filter((line) => line.startsWith('portillon_late'))).toEqual([
      'portillon_late{lane="of 2"} 2',
    ]);
  });

  it('leave out what cannot be read, and report the rest', async () => {
    new Counter({ name: 'portillon_acts_total', help: 'x', registers: [registry] }).inc();
    const broken = gauge('portillon_broken');
    let works = true;
    registry.readAtScrape([broken], async () => {
      broken.set(1);
      if (!works) throw new Error('the database is down');
    });
    expect(await lines()).toEqual(expect.arrayContaining(['portillon_broken 1']));
    works = false;
    const found = await lines();
    expect(found.filter((line) => line.startsWith('portillon_broken'))).toEqual([]);
    expect(found).toEqual(
      expect.arrayContaining(['portillon_acts_total 1', 'portillon_scrape_failures_total 1']),
    );
  });

  it('wait for no read that hangs', async () => {
    jest.useFakeTimers();
    const hanging = gauge('portillon_hanging');
    registry.readAtScrape([hanging], () => new Promise(() => {}));
    const scrape = lines();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await scrape).toContain('portillon_scrape_failures_total 1');
    jest.useRealTimers();
  });

  it('are read once for two scrapes at the same time', async () => {
    const reads = gauge('portillon_reads');
    let count = 0;
    registry.readAtScrape([reads], async () => reads.set(++count));
    await Promise.all([registry.metrics(), registry.metrics()]);
    expect(await lines()).toContain('portillon_reads 2');
  });
});
