import { Inject, Injectable } from '@nestjs/common';
import { ApplicationService } from '@portillon/application';
import type { IdTokenAlg } from '@portillon/application';
import { addMilliseconds, Clock, DAY, epochSeconds, MINUTE, Random, SECOND } from '@portillon/kernel';
import { OutboundResult, OutboundService } from '@portillon/outbound';
import { SigningKeyService } from '../keys/signing-key.service';
import { OpenidMetrics } from '../openid.metrics';
import { OPENID_OPTIONS } from '../openid.options';
import type { ResolvedOpenidOptions } from '../openid.options';
import { OpenidJournalService } from '../provider/openid-journal.service';
import { OpenidLogoutDeliveryRepository } from './openid-logout-delivery.repository';
import type { OpenidLogoutDeliveryEntity } from './openid-logout-delivery.repository';

const TIMEOUT_MS = 5_000;

/** Longer than a try lasts: an instance that is killed meanwhile leaves the delivery to the others. */
const CLAIMED_FOR_MS = 30 * SECOND;

/** Of one application. */
const AT_A_TIME = 10;

export const LOGOUT_NOTICE_KEPT_MS = 30 * DAY;

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

const GOOD_FOR_SECONDS = 120;

/**
 * The wait after each attempt. It suits an application that restarts within seconds, and one that is down for longer.
 */
const WAITS_MS = [5 * SECOND, 15 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE];

/** By then the application's own session has ended, or its users have noticed. */
const GIVEN_UP_AFTER_MS = 30 * MINUTE;

/** Notifies applications that a session has ended, until they acknowledge it or half an hour is over. */
@Injectable()
export class LogoutDeliveryService {
  constructor(
    private readonly deliveries: OpenidLogoutDeliveryRepository,
    private readonly applications: ApplicationService,
    private readonly refusals: OpenidJournalService,
    private readonly outbound: OutboundService,
    private readonly metrics: OpenidMetrics,
    private readonly clock: Clock,
    private readonly keys: SigningKeyService,
    private readonly random: Random,
    @Inject(OPENID_OPTIONS) private readonly options: ResolvedOpenidOptions,
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
    return this.deliveries.deleteMadeBefore(addMilliseconds(this.clock.now(), -LOGOUT_NOTICE_KEPT_MS), batch);
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
    const body = new URLSearchParams({ logout_token: await this.#tokenOf(delivery, idTokenAlg) });
    return this.outbound.send(backchannelLogoutUri, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
      timeoutMs: TIMEOUT_MS,
    });
  }

  /** Signed as the ID tokens of the application are (2.6): its library expects no other algorithm. */
  #tokenOf({ applicationId, accountId, sid }: OpenidLogoutDeliveryEntity, alg: IdTokenAlg): Promise<string> {
    const iat = epochSeconds(this.clock.now());
    const claims = {
      iss: this.options.publicUrl,
      aud: applicationId,
      sub: accountId,
      sid,
      iat,
      exp: iat + GOOD_FOR_SECONDS,
      jti: this.random.id(),
      events: { [LOGOUT_EVENT]: {} },
    };
    return this.keys.sign(claims, { typ: 'logout+jwt', alg });
  }
}

/** OpenID Connect Back-Channel Logout, 2.8: 200, and 204 of frameworks that send no body. */
function failureOf(result: OutboundResult | undefined): string | null {
  if (!result) return null;
  if (result.outcome === 'failed') return result.reason;
  return [200, 204].includes(result.status) ? null : `status ${result.status}`;
}

/** When to try again after `attempts` tries; undefined when it is given up. */
export function nextTry(createdAt: Date, attempts: number, now: Date): Date | undefined {
  const wait = WAITS_MS[Math.min(attempts, WAITS_MS.length) - 1]!;
  const next = addMilliseconds(now, wait);
  return next <= addMilliseconds(createdAt, GIVEN_UP_AFTER_MS) ? next : undefined;
}
