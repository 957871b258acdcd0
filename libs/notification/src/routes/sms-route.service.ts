import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, MetricsRegistry, MINUTE, addMilliseconds } from '@portillon/kernel';
import { Gauge } from 'prom-client';
import { CHANNEL_PROVIDERS } from '../channels/guarded-provider';
import type { ChannelProviders } from '../channels/guarded-provider';
import { NotificationTurnRepository } from '../notification-turn.repository';
import { NotificationRepository } from '../notification.repository';
import { SmsProviderRepository, SmsRouteRepository } from './sms-route.repository';
import {
  byAccount,
  Conversion,
  judgeSmsRoute,
  AVOIDED_MS,
  percentage,
  poorestFirst,
  RecentConversion,
  recentWindow,
  ROUTES_KEPT_MS,
  settledHour,
  USUAL_MS,
} from './sms-route.policy';

const REVIEW = 'sms-routes';
const HOURS = 'sms-hours';
/** Turns are taken a little before the next minute's run. */
const REVIEW_EVERY_MS = MINUTE - 5_000;

/**
 * By which provider an SMS leaves: that whose codes people enter. What providers report is not asked: one that throws
 * messages away can say that they were delivered.
 */
@Injectable()
export class SmsRouteService {
  readonly #logger = new Logger('SmsRouteService');

  constructor(
    @Inject(CHANNEL_PROVIDERS) private readonly providers: ChannelProviders,
    private readonly notifications: NotificationRepository,
    private readonly routes: SmsRouteRepository,
    private readonly verdicts: SmsProviderRepository,
    private readonly turns: NotificationTurnRepository,
    private readonly clock: Clock,
    registry: MetricsRegistry,
  ) {
    const gauge = new Gauge({
      name: 'portillon_sms_provider_passed_over',
      help: '1: the provider is tried last, since too few of its codes are entered.',
      labelNames: ['provider'],
      registers: [registry],
    });
    // The database has them, so each instance reports the same.
    registry.readAtScrape([gauge], async () => {
      const avoided = await this.findAvoided();
      for (const { name } of providers.SMS) gauge.set({ provider: name }, Number(avoided.includes(name)));
    });
  }

  /**
   * The providers that are tried after the others, in this order: those that are avoided, then that of the message
   * that this one `replaces`, which did not bring its code. Without an answer of the database, none: the message leaves.
   */
  async lastResorts(replaces?: string): Promise<string[]> {
    if (this.providers.SMS.length < 2) return [];
    try {
      const avoided = await this.findAvoided();
      const before = replaces && (await this.notifications.findProvider(replaces));
      return before ? [...avoided.filter((name) => name !== before), before] : avoided;
    } catch (error) {
      this.#logger.warn(`sms routes not read: ${String(error)}`);
      return [];
    }
  }

  /** The providers that are tried last, since too few of their codes are entered. One alone never is. */
  async findAvoided(): Promise<string[]> {
    if (this.providers.SMS.length < 2) return [];
    return this.verdicts.findAvoided(this.clock.now());
  }

  /** Compares the last fifteen minutes with seven days: of many instances, one does, each minute. */
  async review(): Promise<void> {
    const now = this.clock.now();
    if (this.providers.SMS.length < 1) return;
    if (!(await this.turns.takeTurn(REVIEW, now, addMilliseconds(now, REVIEW_EVERY_MS)))) return;
    await this.#recordHour(now);
    const usual = await this.routes.conversionsSince(addMilliseconds(now, -USUAL_MS));
    const outcomes = await this.notifications.countSmsOutcomes(...recentWindow(now));
    for (const { provider, ...recent } of poorestFirst(outcomes))
      await this.#judgeSmsRoute(provider, recent, usual.get(provider));
  }

  async #recordHour(now: Date): Promise<void> {
    const { start, end, nextAt } = settledHour(now);
    if (!(await this.turns.takeTurn(HOURS, now, nextAt))) return;
    const outcomes = await this.notifications.countSmsOutcomes(start, end);
    await this.routes.insertAll(outcomes.map((one) => ({ ...one, hourAt: start })));
    await this.routes.deleteBefore(addMilliseconds(now, -ROUTES_KEPT_MS));
  }

  /**
   * Passes over a provider with poor conversion, or brings it back. Without enough SMS the last verdict holds until it
   * expires. The last remaining provider is never passed over.
   */
  async #judgeSmsRoute(
    provider: string,
    recent: RecentConversion,
    usual: Conversion = { sent: 0, converted: 0 },
  ): Promise<void> {
    const verdict = judgeSmsRoute(recent, usual);
    if (verdict === 'unknown') return;
    const avoided = await this.verdicts.findAvoided(this.clock.now());
    const isAvoided = avoided.includes(provider);
    if (verdict === 'usual' ? !isAvoided : this.#isLast(provider, avoided)) return;
    const until = verdict === 'poor' ? addMilliseconds(this.clock.now(), AVOIDED_MS) : null;
    await this.verdicts.avoidUntil(provider, until);
    if (isAvoided === (verdict === 'poor')) return;
    const rates = `${percentage(byAccount(recent))} of its people enter a code, usually ${percentage(usual)}`;
    this.#logger.warn(`sms: ${provider} is ${until ? 'passed over' : 'back'}: ${rates}`);
  }
  #isLast(provider: string, avoided: readonly string[]): boolean {
    const left = this.providers.SMS.filter(({ name }) => !avoided.includes(name));
    return left.length === 1 && left[0]!.name === provider;
  }
}
