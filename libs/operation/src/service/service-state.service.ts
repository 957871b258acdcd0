import { Injectable } from '@nestjs/common';
import '@portillon/audit';
import {
  Clock,
  Finding,
  FindingRegistry,
  FindingState,
  FindingValues,
  SECOND,
  withTimeout,
} from '@portillon/kernel';
import type { Channel } from '@portillon/kernel';
import '@portillon/persistence';
import { DispatcherService } from '@portillon/notification';
import '@portillon/webhook';
import '../findings/expiry.findings';
import type { AnsweringPart, ChannelPart, PartState, ServiceState } from './service-state.dto';

/** How long the page waits for dependencies outside this process. */
const PATIENCE_MS = 2 * SECOND;
const STATES: Record<FindingState, PartState> = {
  off: 'off',
  well: 'well',
  remark: 'warning',
  warning: 'warning',
  failing: 'failing',
};

/** The state of the service, as this instance sees it now. */
@Injectable()
export class ServiceStateService {
  constructor(
    private readonly findings: FindingRegistry,
    private readonly outboxes: DispatcherService,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<ServiceState> {
    const [database, redis, proSanteConnect, mail, sms] = await Promise.all([
      this.#answering('database'),
      this.#answering('redis'),
      this.#answering('psc'),
      this.#channel('mail', 'EMAIL'),
      this.#channel('sms', 'SMS'),
    ]);
    const [outbox, journal, webhooks, keys, clock, durability, { expiries }] = await Promise.all([
      this.#part('outbox'),
      this.#part('journal'),
      this.#part('webhooks'),
      this.#part('keys'),
      this.#part('clock'),
      this.#part('durability'),
      this.#part('expiry'),
    ]);
    return {
      ...{
        at: this.clock.now(),
        mail,
        sms,
        outbox,
        journal,
        webhooks,
        database,
        redis,
        keys,
        clock,
        durability,
      },
      proSanteConnect: { state: proSanteConnect.state },
      expiries: expiries.map((one) => ({ ...one, state: STATES[one.state] })),
    };
  }

  async #part<Subject extends keyof FindingValues>(
    subject: Subject,
  ): Promise<{ state: PartState } & FindingValues[Subject]> {
    const { state, values } = await this.findings.find(subject);
    return { state: STATES[state], ...values };
  }

  async #channel(subject: 'mail' | 'sms', channel: Channel): Promise<ChannelPart> {
    const part = await this.#part(subject);
    const lastSent = part.state === 'off' ? undefined : await this.outboxes.lastSent(channel);
    return { ...part, lastSent: lastSent ?? null };
  }

  async #answering(subject: string): Promise<AnsweringPart> {
    const away: Finding = { state: 'failing', text: 'does not answer' };
    const { state, latencyMs = null } = await withTimeout(PATIENCE_MS, this.findings.find(subject)).catch(
      () => away,
    );
    return { state: STATES[state], latencyMs };
  }
}
