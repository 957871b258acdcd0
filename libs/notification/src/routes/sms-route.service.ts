import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, MINUTE, addMilliseconds } from '@portillon/kernel';
import { CHANNEL_PROVIDERS, type ChannelProviders } from '../channels/channel-providers.types';
import { NotificationPaceRepository } from '../notification-pace.repository';
import { NotificationRepository } from '../notification.repository';
import { SmsProviderRepository } from './sms-provider.repository';
import {
  byAccount,
  Conversion,
  judge,
  PASSED_OVER_MS,
  percentage,
  poorestFirst,
  RecentConversion,
  recentWindow,
  ROUTES_KEPT_MS,
  settledHour,
  USUAL_MS,
} from './sms-route.policy';
import { SmsRouteRepository } from './sms-route.repository';

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
    private readonly pace: NotificationPaceRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The providers that are tried after the others, in this order: those that are passed over, then that of the message
   * that this one `replaces`, which did not bring its code. Without an answer of the database, none: the message leaves.
   */
  async lastResorts(replaces?: string): Promise<string[]> {
    if (this.providers.SMS.length < 2) return [];
    try {
      const passedOver = await this.passedOver();
      const before = replaces && (await this.notifications.providerOf(replaces));
      return before ? [...passedOver.filter((name) => name !== before), before] : passedOver;
    } catch (error) {
      this.#logger.warn(`sms routes not read: ${String(error)}`);
      return [];
    }
  }

  /** The providers that are tried last, since too few of their codes are entered. One alone never is. */
  async passedOver(): Promise<string[]> {
    if (this.providers.SMS.length < 2) return [];
    return this.verdicts.passedOver(this.clock.now());
  }

  /** Compares the last fifteen minutes with seven days: of many instances, one does, each minute. */
  async review(): Promise<void> {
    const now = this.clock.now();
    if (this.providers.SMS.length < 1) return;
    if (!(await this.pace.takeTurn(REVIEW, now, addMilliseconds(now, REVIEW_EVERY_MS)))) return;
    await this.#keepHour(now);
    const usual = await this.routes.conversionsSince(addMilliseconds(now, -USUAL_MS));
    const outcomes = await this.notifications.smsOutcomes(...recentWindow(now));
    for (const { provider, ...recent } of poorestFirst(outcomes))
      await this.#judge(provider, recent, usual.get(provider));
  }

  async #keepHour(now: Date): Promise<void> {
    const { start, end, nextAt } = settledHour(now);
    if (!(await this.pace.takeTurn(HOURS, now, nextAt))) return;
    const outcomes = await this.notifications.smsOutcomes(start, end);
    await this.routes.insertAll(outcomes.map((one) => ({ ...one, hourAt: start })));
    await this.routes.deleteBefore(addMilliseconds(now, -ROUTES_KEPT_MS));
  }

  /**
   * Passes over a provider with poor conversion, or brings it back. Without enough SMS the last verdict holds until it
   * expires. The last remaining provider is never passed over.
   */
  async #judge(
    provider: string,
    recent: RecentConversion,
    usual: Conversion = { sent: 0, converted: 0 },
  ): Promise<void> {
    const verdict = judge(recent, usual);
    if (verdict === 'unknown') return;
    const passedOver = await this.verdicts.passedOver(this.clock.now());
    const isPassedOver = passedOver.includes(provider);
    if (verdict === 'usual' ? !isPassedOver : this.#isLast(provider, passedOver)) return;
    const until = verdict === 'poor' ? addMilliseconds(this.clock.now(), PASSED_OVER_MS) : null;
    await this.verdicts.passOver(provider, until);
    if (isPassedOver === (verdict === 'poor')) return;
    const rates = `${percentage(byAccount(recent))} of its people enter a code, usually ${percentage(usual)}`;
    this.#logger.warn(`sms: ${provider} is ${until ? 'passed over' : 'back'}: ${rates}`);
  }
  #isLast(provider: string, passedOver: readonly string[]): boolean {
    const left = this.providers.SMS.filter(({ name }) => !passedOver.includes(name));
    return left.length === 1 && left[0]!.name === provider;
  }
}
