import { Keyring, MetricsRegistry, SystemRandom } from '@portillon/kernel';
import type { SettableClock, TestDatabase } from '@portillon/testing';
import { BulkQueueService } from '../bulk-queue.service';
import type { ChannelProvider } from '../channels/channel-provider.types';
import type { ChannelProviders } from '../channels/channel-providers.types';
import { ChannelService } from '../channels/channel.service';
import { DeliveryMetrics } from '../channels/delivery.metrics';
import { GuardedProvider } from '../channels/guarded-provider';
import { DeliveryService } from '../delivery.service';
import { DispatcherService } from '../dispatcher.service';
import { MessageSealService } from '../message-seal.service';
import type { MailMessage, Message, SmsMessage } from '../message.types';
import { NotificationPaceEntity } from '../notification-pace.entity';
import { NotificationPaceRepository } from '../notification-pace.repository';
import { NotificationEntity } from '../notification.entity';
import type { NotificationLimits } from '../notification.options';
import { NotificationPolicy } from '../notification.policy';
import { NotificationService } from '../notification.service';
import type { Enqueueing } from '../notification.types';
import type { OutgoingMessage } from '../outgoing-message';
import { ReceiptMetrics } from '../receipts/receipt.metrics';
import { ReceiptService } from '../receipts/receipt.service';
import { SmsProviderEntity } from '../routes/sms-provider.entity';
import { SmsProviderRepository } from '../routes/sms-provider.repository';
import { SmsRouteEntity } from '../routes/sms-route.entity';
import { SmsRouteRepository } from '../routes/sms-route.repository';
import { SmsRouteService } from '../routes/sms-route.service';
import type { Outlet } from './outlet';
import { UnreachableRepository } from './unreachable.repository';

export const keyring = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 7) }]);

export interface ProcessOptions {
  keyring?: Keyring;
  limits?: Partial<NotificationLimits>;
  /** Instead of the outlet. */
  sms?: ChannelProvider<SmsMessage>[];
  mail?: ChannelProvider<MailMessage>[];
}

/** One process of the service, with its services on the shared database, as the module builds them. */
export class Process {
  readonly notifications: NotificationService;
  readonly dispatcher: DispatcherService;
  readonly repository: UnreachableRepository;
  readonly routes: SmsRouteService;
  readonly receipts: ReceiptService;

  constructor(
    private readonly shared: TestDatabase,
    private readonly clock: SettableClock,
    outlet: Outlet,
    options: ProcessOptions = {},
  ) {
    const { dataSource } = shared;
    const policy = new NotificationPolicy(options.limits);
    const random = new SystemRandom(clock);
    const seals = new MessageSealService(options.keyring ?? keyring, random);
    const providers = providersOf(options, outlet, policy);
    const metrics = new DeliveryMetrics(new MetricsRegistry(), providers);
    const channels = new ChannelService(providers, metrics, policy);
    const repository = new UnreachableRepository(dataSource.getRepository(NotificationEntity));
    const pace = new NotificationPaceRepository(dataSource.getRepository(NotificationPaceEntity));
    this.routes = new SmsRouteService(
      providers,
      repository,
      new SmsRouteRepository(dataSource.getRepository(SmsRouteEntity)),
      new SmsProviderRepository(dataSource.getRepository(SmsProviderEntity)),
      pace,
      clock,
    );
    this.receipts = new ReceiptService(
      providers,
      repository,
      new ReceiptMetrics(new MetricsRegistry()),
      clock,
    );
    const delivery = new DeliveryService(repository, seals, channels, this.routes, policy, clock, random);
    const lane = new BulkQueueService(repository, pace, policy, clock);
    this.repository = repository;
    this.notifications = new NotificationService(
      repository,
      seals,
      channels,
      delivery,
      policy,
      clock,
      random,
    );
    this.dispatcher = new DispatcherService(repository, lane, delivery, seals, policy, clock);
  }

  /** Puts a message in the outbox, a millisecond after the previous one, so that ids are in order. */
  enqueue(message: Message, changes: Partial<Enqueueing> = {}): Promise<OutgoingMessage> {
    this.clock.advance(1);
    const enqueueing = { kind: 'sign-in.code', accountId: null, ...changes };
    return this.shared.transactions.run((tx) => this.notifications.enqueue(message, enqueueing, tx));
  }

  /** Puts a message in the outbox and sends it. */
  async send(message: Message, changes: Partial<Enqueueing> = {}) {
    return this.notifications.deliver(await this.enqueue(message, changes));
  }

  /** Ends as `kill -9` does: nothing more is written. */
  kill(): void {
    this.repository.away = true;
  }

  /** Ends as SIGTERM does. */
  stop(): Promise<void> {
    return this.dispatcher.beforeApplicationShutdown();
  }
}

function providersOf(
  { sms, mail = [] }: ProcessOptions,
  outlet: Outlet,
  policy: NotificationPolicy,
): ChannelProviders {
  const guarded = <Sendable>(one: ChannelProvider<Sendable>) => new GuardedProvider(one, policy.limits);
  return { EMAIL: mail.map(guarded), SMS: (sms ?? [outlet]).map(guarded) };
}
