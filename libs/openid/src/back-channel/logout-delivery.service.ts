import { Injectable } from '@nestjs/common';
import { ApplicationService } from '@portillon/application';
import { Clock, DAY, SECOND, addMilliseconds } from '@portillon/kernel';
import { OutboundResult, OutboundService } from '@portillon/outbound';
import { OpenidMetrics } from '../openid.metrics';
import { OpenidJournalService } from '../provider/openid-journal.service';
import { LogoutTokenService } from './logout-token.service';
import type { OpenidLogoutDeliveryEntity } from './openid-logout-delivery.entity';
import { OpenidLogoutDeliveryRepository } from './openid-logout-delivery.repository';
import { nextTry } from './retry.policy';

const TIMEOUT_MS = 5_000;
/** Longer than a try lasts: an instance that is killed meanwhile leaves the delivery to the others. */
const CLAIMED_FOR_MS = 30 * SECOND;
/** Of one application. */
const AT_A_TIME = 10;
export const KEPT_MS = 30 * DAY;

/** Notifies applications that a session has ended, until they acknowledge it or half an hour is over. */
@Injectable()
export class LogoutDeliveryService {
  constructor(
    private readonly deliveries: OpenidLogoutDeliveryRepository,
    private readonly applications: ApplicationService,
    private readonly refusals: OpenidJournalService,
    private readonly tokens: LogoutTokenService,
    private readonly outbound: OutboundService,
    private readonly metrics: OpenidMetrics,
    private readonly clock: Clock,
  ) {}

  /** The ids of the applications with a notice that is due now. */
  due(): Promise<string[]> {
    return this.deliveries.dueApplications(this.clock.now());
  }

  /** Sends an application a few due notices concurrently. Returns whether there may be more. */
  async sendSome(applicationId: string): Promise<boolean> {
    const due = await this.deliveries.due(applicationId, this.clock.now(), AT_A_TIME);
    await Promise.all(due.map((delivery) => this.#try(delivery)));
    return due.length === AT_A_TIME;
  }

  /** Deletes at most `batch` that have been kept long enough. Returns the number. */
  purge(batch: number): Promise<number> {
    return this.deliveries.deleteMadeBefore(addMilliseconds(this.clock.now(), -KEPT_MS), batch);
  }

  async #try(delivery: OpenidLogoutDeliveryEntity): Promise<void> {
    if (!(await this.deliveries.claim(delivery, addMilliseconds(this.clock.now(), CLAIMED_FOR_MS)))) return;
    const failure = failureOf(await this.#send(delivery));
    const now = this.clock.now();
    if (failure === null) {
      this.metrics.countLogout('delivered');
      return this.deliveries.settle(delivery, { dueAt: null, deliveredAt: now, failure: null });
    }
    const dueAt = nextTry(delivery.createdAt, delivery.attempts + 1, now) ?? null;
    this.metrics.countLogout(dueAt ? 'failed' : 'given-up');
    await this.deliveries.settle(delivery, { dueAt, deliveredAt: null, failure });
    // For the administrator of the application.
    if (dueAt === null)
      await this.refusals.recordRefusal(delivery.applicationId, {
        code: 'backchannel_logout',
        detail: failure,
      });
  }

  /**
   * Returns undefined when the application no longer has a logout address. Each try has a new signature, valid for minutes.
   */
  async #send(delivery: OpenidLogoutDeliveryEntity): Promise<OutboundResult | undefined> {
    const application = await this.applications.get(delivery.applicationId);
    if (!application?.backchannelLogoutUri) return undefined;
    const { backchannelLogoutUri, idTokenAlg } = application;
    const body = new URLSearchParams({ logout_token: await this.tokens.issue(delivery, idTokenAlg) });
    return this.outbound.send(backchannelLogoutUri, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
      timeoutMs: TIMEOUT_MS,
    });
  }
}

/** OpenID Connect Back-Channel Logout, 2.8: 200, and 204 of frameworks that send no body. */
function failureOf(result: OutboundResult | undefined): string | null {
  if (!result) return null;
  if (result.outcome === 'failed') return result.reason;
  return [200, 204].includes(result.status) ? null : `status ${result.status}`;
}
