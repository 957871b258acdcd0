import { Injectable, OnModuleDestroy } from '@nestjs/common';
import { Clock, Keyring, Random, SECOND, addMilliseconds, ScheduledJob } from '@portillon/kernel';
import { Interval } from '@nestjs/schedule';
import { KeyAnnouncementRepository } from './key-announcement.repository';
import { conflictOf } from './key-rotation.policy';
import type { KeyConflict, RunningInstance } from './key-rotation.policy';

/** Lifetime of an announcement, also after its process was killed. */
export const GOOD_FOR_MS = 90 * SECOND;

/**
 * Tracks the running processes and the keys of each: a process can neither check nor send what another makes with a
 * key that it lacks.
 */
@Injectable()
export class KeyAnnouncementService implements OnModuleDestroy {
  #own?: { id: string; instance: string };

  constructor(
    private readonly announcements: KeyAnnouncementRepository,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Announces this process under its name in the log. Returns a conflict when its keys do not fit those of a running
   * process: then it must not start. It announces before it checks, so that of two concurrent starts one sees the other.
   */
  async announce(instance: string): Promise<KeyConflict | undefined> {
    this.#own = { id: this.random.id(), instance };
    await this.renew();
    const conflict = await this.conflict();
    if (conflict) await this.withdraw();
    return conflict;
  }

  /** Renews the announcement of this process, and deletes expired ones. */
  async renew(): Promise<void> {
    if (!this.#own) return;
    const keyIds = this.keyring.ids.join(',');
    await this.announcements.put({ ...this.#own, keyIds, announcedAt: this.clock.now() });
    await this.announcements.removeAnnouncedUntil(this.#goodSince());
  }

  /** Returns a conflict between the ring of this process and those of the running ones. */
  async conflict(): Promise<KeyConflict | undefined> {
    return conflictOf(this.keyring.ids, await this.running());
  }

  /** The other running processes. */
  async running(): Promise<RunningInstance[]> {
    const all = await this.announcements.findAnnouncedAfter(this.#goodSince());
    return all
      .filter(({ id }) => id !== this.#own?.id)
      .map(({ instance, keyIds, announcedAt }) => ({
        name: instance,
        keyIds: keyIds.split(','),
        announcedAt,
      }));
  }

  /** When the announcement of a process expires if it was killed. */
  overAt({ announcedAt }: RunningInstance): Date {
    return addMilliseconds(announcedAt, GOOD_FOR_MS);
  }

  /** Removes the announcement when this process ends, so that its keys no longer restrict the others. */
  async withdraw(): Promise<void> {
    const own = this.#own;
    if (!own) return;
    this.#own = undefined;
    await this.announcements.remove(own.id);
  }

  onModuleDestroy(): Promise<void> {
    return this.withdraw();
  }

  #goodSince(): Date {
    return addMilliseconds(this.clock.now(), -GOOD_FOR_MS);
  }
}

/** Short enough that two turns may fail before an announcement expires. */
const EVERY_MS = 20 * SECOND;

/** Renews the announcement of a running process. */
@Injectable()
export class KeyAnnouncementJob extends ScheduledJob {
  constructor(private readonly announcements: KeyAnnouncementService) {
    super();
  }

  @Interval(EVERY_MS)
  run(): Promise<void> {
    return this.turn(() => this.announcements.renew());
  }
}
