import { Keyring, MetricsRegistry, SystemRandom } from '@portillon/kernel';
import type { SettableClock, TestDatabase } from '@portillon/testing';
import type { EntityManager, Repository } from 'typeorm';
import type { ChannelProvider } from '../channels/channel-provider.types';
import { ChannelService } from '../channels/channel.service';
import { DeliveryMetrics } from '../channels/delivery.metrics';
import { GuardedProvider } from '../channels/guarded-provider';
import type { ChannelProviders } from '../channels/guarded-provider';
import { DeliveryService } from '../delivery.service';
import { DispatcherService } from '../dispatcher.service';
import { MessageSealService } from '../message-seal.service';
import type { MailMessage, Message, SmsMessage, OutgoingMessage } from '../message.types';
import { NotificationTurnEntity, NotificationTurnRepository } from '../notification-turn.repository';
import { NotificationEntity } from '../notification.entity';
import { NotificationPolicy } from '../notification.options';
import type { NotificationLimits } from '../notification.options';
import { NotificationRepository } from '../notification.repository';
import { NotificationService } from '../notification.service';
import type { Enqueueing } from '../notification.types';
import { ReceiptService } from '../receipts/receipt.service';
import {
  SmsProviderEntity,
  SmsRouteEntity,
  SmsProviderRepository,
  SmsRouteRepository,
} from '../routes/sms-route.repository';
import { SmsRouteService } from '../routes/sms-route.service';
import type { Outlet } from './messages';

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
  readonly registry = new MetricsRegistry();
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
    const channels = new ChannelService(providers, metrics, policy, clock);
    const repository = new UnreachableRepository(dataSource.getRepository(NotificationEntity));
    const turns = new NotificationTurnRepository(dataSource.getRepository(NotificationTurnEntity));
    this.routes = new SmsRouteService(
      providers,
      repository,
      new SmsRouteRepository(dataSource.getRepository(SmsRouteEntity)),
      new SmsProviderRepository(dataSource.getRepository(SmsProviderEntity)),
      turns,
      clock,
      this.registry,
    );
    this.receipts = new ReceiptService(providers, repository, clock, new MetricsRegistry());
    const delivery = new DeliveryService(repository, seals, channels, this.routes, policy, clock, random);
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
    this.dispatcher = new DispatcherService(repository, delivery, seals, policy, clock, turns);
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

/** A repository that can be switched off, to simulate a dead server or process. */
export class UnreachableRepository extends NotificationRepository {
  away = false;

  protected override of(tx?: EntityManager): Repository<NotificationEntity> {
    if (this.away) throw new Error('the database is away');
    return super.of(tx);
  }
}
