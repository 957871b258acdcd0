import { BeforeApplicationShutdown, Inject, Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { AppError, Clock, Keyring, MINUTE, Random, shift } from '@portillon/kernel';
import { Database } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { BulkLane } from './bulk-lane';
import { Channels } from './channels';
import type { ChannelHealth } from './channel-watch';
import type { DispatchResult } from './dispatcher';
import { HeldMessage, HeldMessages } from './held-messages';
import { Ledger } from './ledger';
import { assertSendable, Message, NotificationChannel } from './message';
import { MODULE_OPTIONS_TOKEN } from './notification.module-definition';
import { readLimits } from './notification.options';
import type { NotificationLimits, NotificationOptions } from './notification.options';
import { Delivery, Draft, DeliveryLogEntry, OpenedMessage, Outbox } from './outbox';

export interface Enqueueing {
  /** What it is for, for the ledger: `sign-in.code`, `password.changed`. */
  kind: string;
  accountId: string | null;
  /**
   * `now` (the default): the caller goes on to {@link NotificationService.deliver}, once, after its commit. The row is born
   * claimed, so that a crash at any later moment sends nothing twice. `later`: a dispatcher sends it, and again when
   * it is refused for now, until `usefulUntil`. `bulk`: one of thousands; as `later`, at the pace `limits.bulkPerMinute`.
   */
  when?: 'now' | 'later' | 'bulk';
  /** After this instant the message is of no use and is not sent; 10 minutes (now) or a day (later) unless told. */
  usefulUntil?: Date;
}

/** A message that nobody waits for. */
export interface QueuedMessage extends Enqueueing {
  message: Message;
  when: 'later' | 'bulk';
}

export interface OutboxHealth {
  unreadable: number;
}

const REPORT = /^[a-z-]{1,32}$/;
const KIND = /^[a-z0-9][a-z0-9.-]{0,63}$/;
/** So many messages of one dispatch are on their way at a time. */
const LANES = 4;
/** So few that they are all sent, at 9 s each in the worst case, before their claim of a minute ends. */
const CLAIMED_TOGETHER = 5 * LANES;
const FIRST_POSTPONEMENT_MS = MINUTE;
const LONGEST_POSTPONEMENT_MS = 30 * MINUTE;

/** Mail and SMS that leave at most once, with a ledger of what became of each. */
@Injectable()
export class NotificationService implements BeforeApplicationShutdown, OnApplicationShutdown {
  readonly #limits: NotificationLimits;
  readonly #outbox: Outbox;
  readonly #bulk: BulkLane;
  readonly #ledger: Ledger;
  readonly #held = new HeldMessages();
  readonly #running = new Map<string, Promise<Delivery>>();
  readonly #logger = new Logger(NotificationService.name);
  #unreadable = 0;
  /** This process, in the claims. */
  readonly #me: string;

  constructor(
    @Inject(MODULE_OPTIONS_TOKEN) options: NotificationOptions,
    database: Database,
    keyring: Keyring,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly channels: Channels,
  ) {
    this.#limits = readLimits(options.limits);
    this.#outbox = new Outbox(database, keyring, clock, random);
    this.#bulk = new BulkLane(database, clock, this.#limits.bulkPerMinute);
    this.#ledger = new Ledger(this.#outbox, this.#limits.ledgerDelayMs, (error) => this.#unwritten(error));
    this.#me = random.id();
  }

  /**
   * Puts a message in the outbox, in the caller's transaction, its payload sealed. Resolves to its id.
   *
   * @throws AppError `channel.unavailable` when the channel is off.
   * @throws AppError `validation.failed` when the address or the SMS cannot be sent as it is.
   */
  async enqueue(message: Message, o: Enqueueing, tx: EntityManager): Promise<string> {
    const draft = this.#draft(message, o);
    const id = await this.#outbox.insert(draft, tx);
    if (draft.claim) this.#held.hold(id, { ...draft, endsAt: draft.claim.endsAt });
    return id;
  }

  /**
   * Puts many messages for later in the outbox, in one statement. Those that cannot be sent as they are, such as to an
   * address that no relay would take, are left out, and the log says so: one must not hold up the others. How many went in.
   */
  async enqueueAll(messages: readonly QueuedMessage[], tx: EntityManager): Promise<number> {
    const drafts = messages.flatMap((one) => this.#draftIfSendable(one));
    await this.#outbox.insertAll(drafts, tx);
    return drafts.length;
  }

  /**
   * Sends the message now, within 9 s, and tells what became of it. Call it after the commit of {@link enqueue}.
   * Of many calls for one id, in this process or others, one sends.
   */
  deliver(id: string): Promise<Delivery> {
    const running = this.#running.get(id);
    if (running) return running;
    const delivery = this.#deliver(id).finally(() => this.#running.delete(id));
    this.#running.set(id, delivery);
    return delivery;
  }

  /** Whether the channel is set up. */
  available(channel: NotificationChannel): boolean {
    return this.channels.available(channel);
  }

  /** How each channel does. Costs at most one SMTP greeting per relay each 10 s, however often it is asked. */
  health(): Promise<ChannelHealth[]> {
    return this.channels.health();
  }

  /**
   * How many messages wait that were sealed with a key that this process has not got: an instance that has it sends
   * them. Some, for longer than a rotation of keys takes, are a sign that instances have different keys.
   */
  async outboxHealth(): Promise<OutboxHealth> {
    return { unreadable: await this.#outbox.unreadable() };
  }

  /**
   * Sends what waits: messages for later, and those for now that this process never came to send. Ends what died in the
   * middle without sending it again. Resolves to how many this call took.
   */
  async dispatchPending(batch: number): Promise<number> {
    await this.#outbox.release(this.#held.takeEnded(this.clock.now()), this.#me);
    await this.#bulk.release();
    await this.#outbox.giveUp();
    let taken = 0;
    for (const ids of inGroups(await this.#outbox.due(batch), CLAIMED_TOGETHER)) {
      const claimed = await this.#outbox.claimAll(ids, { ...this.#claim(), by: this.random.id() });
      await inLanes(LANES, [...claimed], ([id, opened]) => this.#dispatch(id, opened));
      taken += claimed.size;
    }
    await this.#ledger.flush();
    await this.#tellUnreadable();
    return taken;
  }

  /**
   * Notes what a provider reports of a message it took, once the caller has proved who reports it. Whether the message
   * is one of ours. `report` is a word of the provider's; another text is not kept.
   */
  async recordReport(report: { id: string; reference: string; report: string }): Promise<boolean> {
    if (!REPORT.test(report.report)) return false;
    return this.#outbox.report(report.id, report.reference, report.report);
  }

  /** What was sent to a person and what became of it, newest first, at most `limit` lines; no content, no address. */
  deliveryLogOf(accountId: string, limit: number): Promise<DeliveryLogEntry[]> {
    return this.#outbox.linesOf(accountId, limit);
  }

  /** Deletes ledger lines past their retention, at most `batch`. Resolves to how many. */
  purge(batch: number): Promise<number> {
    return this.#outbox.purge(shift(this.clock.now(), -this.#limits.retentionMs), batch);
  }

  /** While the database is still there: gives back what was never tried, writes what ended. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#outbox.release(this.#held.takeAll(), this.#me).catch((error) => this.#unwritten(error));
    await Promise.allSettled(this.#running.values());
    await this.#ledger.flush();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#ledger.close();
  }

  /** Once each time that their number changes. */
  async #tellUnreadable(): Promise<void> {
    const { unreadable } = await this.outboxHealth();
    if (unreadable !== this.#unreadable && unreadable > 0)
      this.#logger.warn(`${unreadable} messages wait for an instance that has their key`);
    this.#unreadable = unreadable;
  }

  async #deliver(id: string): Promise<Delivery> {
    const known = this.#ledger.find(id);
    if (known) return known;
    const held = this.#held.take(id);
    const mine = held ? await this.#stillHeld(id, held) : await this.#outbox.claim(id, this.#claim());
    if (!mine) return this.#outbox.delivery(id);
    const outcome = await this.#send(id, held ?? (await this.#outbox.open(id)));
    this.#settle(id, outcome);
    return outcome.delivery;
  }

  /** Whether nobody can have taken this process for dead, now and until the sending ends. Costs a statement only when late. */
  async #stillHeld(id: string, held: HeldMessage): Promise<boolean> {
    if (shift(this.clock.now(), this.#limits.deadlineMs) < held.endsAt) return true;
    return this.#outbox.extend(id, this.#claim());
  }

  async #dispatch(id: string, opened: OpenedMessage | undefined): Promise<void> {
    const outcome = await this.#send(id, opened);
    const dueAt = shift(this.clock.now(), postponement(opened?.rounds ?? 0));
    const again = opened && outcome.mayStillLeave && dueAt < opened.expiresAt;
    if (again) await this.#outbox.postpone(id, dueAt, outcome.reason);
    else this.#settle(id, outcome);
  }

  /** @throws AppError `channel.unavailable`, `validation.failed` */
  #draft(message: Message, o: Enqueueing): Draft {
    if (!KIND.test(o.kind))
      throw new AppError('internal', 'internal', { detail: 'kind of message malformed' });
    if (!this.available(message.channel)) throw new AppError('channel.unavailable', 'conflict');
    assertSendable(message);
    const bulk = o.when === 'bulk';
    const later = bulk || o.when === 'later';
    const claim = later ? undefined : this.#claim();
    const useful = shift(this.clock.now(), later ? this.#limits.usefulLaterMs : this.#limits.usefulMs);
    const expiresAt = o.usefulUntil ?? useful;
    return { message, kind: o.kind, accountId: o.accountId, expiresAt, claim, bulk };
  }

  #draftIfSendable({ message, ...enqueueing }: QueuedMessage): Draft[] {
    try {
      return [this.#draft(message, enqueueing)];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#logger.warn(`${enqueueing.kind} not sent: ${error.code}`);
      return [];
    }
  }

  async #send(
    id: string,
    sendable: Pick<OpenedMessage, 'message' | 'expiresAt'> | undefined,
  ): Promise<DispatchResult> {
    if (!sendable) return failed('unreadable');
    if (sendable.expiresAt <= this.clock.now()) return failed('too late');
    return this.channels.send(sendable.message, { id, usefulUntil: sendable.expiresAt });
  }

  #settle(id: string, { delivery, provider, reference, reason }: DispatchResult): void {
    if (delivery !== 'SENT')
      this.#logger.warn(`message ${id} ${delivery}: ${provider ?? '-'}, ${reason ?? '-'}`);
    this.#ledger.settle({ id, delivery, provider, reference, reason });
  }

  #claim() {
    return { by: this.#me, endsAt: shift(this.clock.now(), this.#limits.claimMs) };
  }

  #unwritten(error: unknown): void {
    this.#logger.error(`outbox not written: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
}

/** The end of a message that is given to no provider: it was altered, or nobody can use it any more. */
function failed(reason: 'unreadable' | 'too late'): DispatchResult {
  return { delivery: 'FAILED', provider: null, reference: null, reason, mayStillLeave: false };
}

function postponement(rounds: number): number {
  return Math.min(FIRST_POSTPONEMENT_MS * 2 ** (rounds - 1), LONGEST_POSTPONEMENT_MS);
}

async function inLanes<Item>(lanes: number, items: Item[], work: (item: Item) => Promise<void>) {
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
