import { Injectable, OnModuleDestroy } from '@nestjs/common';
import { Clock, Keyring, Random, SECOND, addMilliseconds } from '@portillon/kernel';
import { KeyAnnouncementRepository } from './key-announcement.repository';
import { conflictOf } from './key-rotation.policy';
import type { KeyConflict, RunningInstance } from './key-rotation.types';

/** How long the announcement of a process that was killed stands. */
export const GOOD_FOR_MS = 90 * SECOND;

/**
 * Which processes run now and which keys each of them has: what one makes with a key that another lacks, the other can
 * neither check nor send.
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
   * Announces this process under the name it has in the log, unless its keys and those of a running one do not go
   * together: then it must not start. It announces before it looks, so that of two that start at once one sees the other.
   */
  async announce(instance: string): Promise<KeyConflict | undefined> {
    this.#own = { id: this.random.id(), instance };
    await this.renew();
    const conflict = await this.conflict();
    if (conflict) await this.withdraw();
    return conflict;
  }

  /** Says that this process still runs, and forgets those that have said so for the last time. */
  async renew(): Promise<void> {
    if (!this.#own) return;
    const keyIds = this.keyring.ids.join(',');
    await this.announcements.put({ ...this.#own, keyIds, announcedAt: this.clock.now() });
    await this.announcements.removeAnnouncedUntil(this.#goodSince());
  }

  /** What does not go together in the rings of this process and of those that run. */
  async conflict(): Promise<KeyConflict | undefined> {
    return conflictOf(this.keyring.ids, await this.running());
  }

  /** The processes that run now, without this one. */
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

  /** When an announcement is over if its process was killed. */
  overAt({ announcedAt }: RunningInstance): Date {
    return addMilliseconds(announcedAt, GOOD_FOR_MS);
  }

  /** This process ends: its keys bind the others no more. */
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
