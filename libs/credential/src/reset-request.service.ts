import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, HOUR, Keyring, Random, addMilliseconds, lowestId } from '@portillon/kernel';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, Column, Entity, PrimaryColumn, LessThan, MoreThanOrEqual, Repository } from 'typeorm';

/** The table `resetRequest`: who asked for a new password and was not looked up yet. */
@Entity('resetRequest')
export class ResetRequestEntity {
  /** UUIDv7: the order of the ids is that of the asking. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Readable with the deployment's key only: people type their password in the wrong field. */
  @Column({ type: 'text' })
  sealedRequest!: string;
}

/** The table `resetRequest`. Ids grow with time (UUIDv7). */
@Injectable()
export class ResetRequestRepository extends EntityRepository<ResetRequestEntity> {
  constructor(@InjectRepository(ResetRequestEntity) rows: Repository<ResetRequestEntity>) {
    super(rows);
  }

  async insert(request: ResetRequestEntity): Promise<void> {
    await this.of().insert(request);
  }

  /** The oldest of those made since `time`, at most `batch`. */
  findOldestSince(time: Date, batch: number): Promise<ResetRequestEntity[]> {
    const where = { id: MoreThanOrEqual(lowestId(time)) };
    return this.of().find({ where, order: { id: 'ASC' }, take: batch });
  }

  async remove(id: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).delete({ id }));
  }

  /** Deletes up to `batch` that were made before `time`: how many. */
  deleteMadeBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ id: LessThan(lowestId(time)) }, { id: 'ASC' }, batch);
  }
}

/** Who asked for a new password, as it came: a user name or a mail address, and whence. */
export interface ResetRequest {
  name: string;
  client: ResetClient;
}

export interface ResetClient {
  address: string;
  addressBlock: string;
  userAgent: string;
  locale: 'fr' | 'en';
  requestId: string;
}

export interface QueuedReset extends ResetRequest {
  id: string;
}

const PURPOSE = 'account.reset-request';
/** What waited longer than that is of no use: its asker has asked again. */
export const USEFUL_MS = HOUR;

/**
 * Queue between a request for a new password and the look-up of the account. A request costs one INSERT whether or not
 * the name exists, so that neither the answer nor its time reveals it (ASVS 5.0, 6.3.8).
 */
@Injectable()
export class ResetRequestService {
  constructor(
    private readonly requests: ResetRequestRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  async ask(request: ResetRequest): Promise<void> {
    const sealedRequest = this.keyring.seal(PURPOSE, JSON.stringify(request), this.random);
    await this.requests.insert({ id: this.random.id(), sealedRequest });
  }

  /** The oldest requests, at most `batch`. Take each with {@link take} before anything is done about it. */
  async waiting(batch: number): Promise<QueuedReset[]> {
    const waiting = await this.requests.findOldestSince(this.#usefulSince(), batch);
    return waiting.flatMap((one) => this.#open(one));
  }

  /** Takes one out of the queue, in the transaction that answers it. Of several instances, one gets `true`. */
  take(id: string, tx: EntityManager): Promise<boolean> {
    return this.requests.remove(id, tx);
  }

  /** Deletes at most `batch` that no server took in an hour: their key left the ring, or the service was away. */
  purge(batch: number): Promise<number> {
    return this.requests.deleteMadeBefore(this.#usefulSince(), batch);
  }

  #usefulSince(): Date {
    return addMilliseconds(this.clock.now(), -USEFUL_MS);
  }

  /** What another instance sealed by a key that this one lacks is left for that instance. */
  #open({ id, sealedRequest }: ResetRequestEntity): QueuedReset[] {
    try {
      return [{ id, ...(JSON.parse(this.keyring.open(PURPOSE, sealedRequest)) as ResetRequest) }];
    } catch {
      return [];
    }
  }
}
