import { Injectable } from '@nestjs/common';
import { AuditSealService } from '@portillon/audit';
import { Clock, SECOND } from '@portillon/kernel';
import { WebhookOutboxService } from '@portillon/webhook';
import { HealthService } from '../health/health.service';
import type { Check, Readiness } from '../health/health.types';
import { ProviderHealthIndicator } from '../health/provider.health';
import { MessageStateService } from './message-state.service';
import { stateOfCheck } from './part-state.policy';
import type {
  AnsweringPart,
  JournalPart,
  ServicePart,
  ServiceState,
  WebhooksPart,
} from './service-state.dto';
import { TimeStateService } from './time-state.service';

/** How the service is, as this instance sees it now. */
@Injectable()
export class ServiceStateService {
  constructor(
    private readonly health: HealthService,
    private readonly messages: MessageStateService,
    private readonly times: TimeStateService,
    private readonly seals: AuditSealService,
    private readonly webhookOutbox: WebhookOutboxService,
    private readonly provider: ProviderHealthIndicator,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<ServiceState> {
    const { checks } = await this.health.readiness();
    const [channels, outbox, proSanteConnect, journal, webhooks, clock, expiries] = await Promise.all([
      this.messages.mailAndSms(),
      this.messages.outbox(checks.outbox.unreadable),
      this.#proSanteConnect(),
      this.#journal(checks.journal),
      this.#webhooks(),
      this.times.clock(),
      this.times.expiries(),
    ]);
    return {
      ...{ at: this.clock.now(), ...channels, outbox, proSanteConnect, journal, webhooks },
      database: answering(checks.database),
      redis: answering(checks.redis, 'warning'),
      keys: { state: stateOfCheck(checks.keys), missingKeys: checks.keys.missingKeys },
      ...{ clock, expiries },
    };
  }

  async #proSanteConnect(): Promise<ServicePart> {
    const { proSanteConnect } = await this.provider.answers('proSanteConnect');
    if (proSanteConnect!['off']) return { state: 'off' };
    return { state: proSanteConnect!.status === 'up' ? 'well' : 'failing' };
  }

  async #journal(check: Readiness['checks']['journal']): Promise<JournalPart> {
    const { head, waitingMs } = await this.seals.state();
    return {
      state: stateOfCheck(check),
      sealedAt: head?.sealedAt ?? null,
      sequence: head?.sequence ?? 0,
      waitingSeconds: Math.round(waitingMs / SECOND),
      missingKeys: check.missingKeys,
    };
  }

  async #webhooks(): Promise<WebhooksPart> {
    const health = await this.webhookOutbox.health();
    return { state: health.failing > 0 ? 'warning' : 'well', ...health };
  }
}

function answering(check: Check, worst?: 'warning'): AnsweringPart {
  return { state: stateOfCheck(check, worst), latencyMs: check.latencyMs };
}
