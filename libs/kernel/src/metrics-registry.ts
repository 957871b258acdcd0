import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from 'prom-client';
import { SECOND, withTimeout } from './clock';

/** Time limit of a read; a slower one is left out of the scrape, since Prometheus waits ten seconds for all of it. */
const PATIENCE_MS = 2 * SECOND;

interface Look {
  gauges: Gauge[];
  read: () => Promise<void>;
}

/**
 * The metrics of this process for Prometheus. A library declares its own in a small provider: `new Counter({ name:
 * 'portillon_coupons_total', help, labelNames, registers: [registry] })`.
 *
 * A name begins with `portillon_`. A label has few values, all known beforehand: never an account, an address, a name.
 */
@Injectable()
export class MetricsRegistry extends Registry {
  readonly #looks: Look[] = [];
  readonly #failures = new Counter({
    name: 'portillon_scrape_failures_total',
    help: 'Reads of a scrape that failed or took too long; their series are left out of it.',
    registers: [this],
  });
  #scrape?: Promise<string>;

  /**
   * Has `read` set `gauges` at each scrape, before any series is written, so that none is stale. When `read` fails,
   * its gauges are left out and the others are still reported: metrics matter most when the database is down.
   */
  readAtScrape(gauges: Gauge[], read: () => Promise<void>): void {
    this.#looks.push({ gauges, read });
  }

  /** Current values. Two concurrent scrapes share one read. */
  override metrics(): Promise<string> {
    this.#scrape ??= this.#lookAndWrite().finally(() => (this.#scrape = undefined));
    return this.#scrape;
  }

  async #lookAndWrite(): Promise<string> {
    await Promise.all(this.#looks.map((look) => this.#look(look)));
    return super.metrics();
  }

  async #look({ gauges, read }: Look): Promise<void> {
    for (const gauge of gauges) forget(gauge);
    try {
      await withTimeout(PATIENCE_MS, read());
    } catch {
      for (const gauge of gauges) forget(gauge);
      this.#failures.inc();
    }
  }
}

/** Removes each value. `reset` alone would leave a gauge without labels at 0, a false value. */
function forget(gauge: Gauge): void {
  gauge.reset();
  gauge.remove({});
}
