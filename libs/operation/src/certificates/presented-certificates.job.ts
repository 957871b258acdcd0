import { Injectable } from '@nestjs/common';
import { Interval, Timeout } from '@nestjs/schedule';
import { FindingRegistry, MINUTE, PresentedCertificate, ScheduledJob } from '@portillon/kernel';

/** Looks every five minutes at the certificates that servers present, so that no scrape or probe waits for them. */
@Injectable()
export class PresentedCertificatesJob extends ScheduledJob {
  readonly #latest = new Map<string, PresentedCertificate>();

  constructor(private readonly findings: FindingRegistry) {
    super();
  }

  /** The latest certificate of each server. One that does not answer keeps its last. */
  get latest(): PresentedCertificate[] {
    return [...this.#latest.values()];
  }

  @Timeout(0)
  start(): Promise<void> {
    return this.run();
  }

  @Interval(5 * MINUTE)
  run(): Promise<void> {
    return this.turn(() => this.look());
  }

  /** Looks now. */
  async look(): Promise<void> {
    for (const one of await this.findings.certificates())
      this.#latest.set(`${one.setting} ${one.subject}`, one);
  }
}
