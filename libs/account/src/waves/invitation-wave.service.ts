import { Injectable } from '@nestjs/common';
import {
  addMilliseconds,
  Clock,
  DAY,
  HOUR,
  isCalendarDay,
  later,
  MINUTE,
  parisDate,
  Random,
} from '@portillon/kernel';
import { EntityManager, IsNull, Not } from 'typeorm';
import { invalidFields } from '../account/account-fields.policy';
import { AccountGuardRepository } from '../administration/account-guard.repository';
import {
  InvitationWaveEntity,
  InvitationWaveMemberEntity,
  WavePause,
  WaveState,
} from './invitation-wave.entity';
import {
  InvitationWaveMemberRepository,
  InvitationWaveRepository,
  WaveFigures,
} from './invitation-wave.repository';
import { daysBetween, eveningOf, isWorkingTime, WAVE_DAYS, workingDay } from './wave-days.policy';

/** Retention of a wave and its members after its end. */
export const WAVES_KEPT_MS = 90 * DAY;
/** Days from the invitation to the reminder. */
const REMINDED_AFTER_MS = 3 * DAY;
/** A wave begins at most so many days from now. */
const MOST_DAYS_AHEAD = 90;
/** A wave with more bounces among its invitations is paused: a relay that others refuse is worth more than a morning. */
const MOST_BOUNCED = 0.05;
/** Below this number a share says nothing. */
const FEWEST_COUNTED = 20;
/** Most people of one turn, which is one transaction: no sign-in waits behind it. */
const TURN = 25;
/** A turn that comes late, such as the first of a morning, makes up for this much. */
const CAUGHT_UP_MS = MINUTE;
/** A wave in which no person is due looks again after this time. */
const IDLE_MS = 10 * MINUTE;
const STRUCTURES_OF_ONE_STATEMENT = 500;
const LIST_LENGTH = 50;
const CREATION = 'invitation-waves';

export type InvitationWave = InvitationWaveEntity;

/** What an administrator chooses. */
export interface WaveDraft {
  name: string;
  createdBy: string;
  startsOn: string;
  /** Last day. */
  until: string;
  perHour: number;
  structuresPerDay: number | null;
  includeExpired: boolean;
  /** In the order of their days; a null: the accounts without a structure. */
  structureIds: readonly (string | null)[];
}

/** What a turn of a wave found to do, in its transaction. */
export type WaveTurn =
  | { act: 'invite' | 'remind'; wave: InvitationWave; accountIds: string[] }
  | { act: 'pause'; wave: InvitationWave; invited: number; bounced: number }
  | { act: 'end'; wave: InvitationWave };

/** Invitations in waves: who is in a wave, whose turn it is, and what the people have done. */
@Injectable()
export class InvitationWaveService {
  constructor(
    private readonly waves: InvitationWaveRepository,
    private readonly members: InvitationWaveMemberRepository,
    private readonly guards: AccountGuardRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Number of accounts that a wave may invite, by the structure that manages them; null: without one. */
  countEligible(includeExpired: boolean): Promise<{ structureId: string | null; people: number }[]> {
    return this.members.countEligible({ includeExpired, now: this.clock.now() });
  }

  /**
   * Creates a running wave and takes its members. An account is in one open wave at most: concurrent creations wait for
   * each other. Returns its id, or undefined when it would invite no account: the caller then rolls back.
   *
   * @throws AppError `validation.failed` for days out of their bounds
   */
  async create({ structureIds, until, includeExpired, ...draft }: WaveDraft, tx: EntityManager) {
    const now = this.clock.now();
    this.#refuseWrongDays(draft.startsOn, until, now);
    await this.guards.lock(CREATION, tx);
    const id = this.random.id();
    const nextAt = later(new Date(draft.startsOn), now);
    const times = { createdAt: now, nextAt, countedFromAt: now, untilAt: eveningOf(until) };
    const open = { state: 'RUNNING', pausedReason: null, remindersAt: null, endedAt: null } as const;
    await this.waves.insert({ id, ...draft, ...times, ...open }, tx);
    const size = draft.structuresPerDay ?? structureIds.length;
    for (let first = 0, day = 0; first < structureIds.length; first += size, day++) {
      const dueOn = workingDay(draft.startsOn, day);
      await this.#add(
        { waveId: id, dueOn },
        structureIds.slice(first, first + size),
        { now, includeExpired },
        tx,
      );
    }
    const { people } = await this.figures(id, tx);
    return people > 0 ? { id, people } : undefined;
  }

  async get(id: string, tx?: EntityManager): Promise<InvitationWave | undefined> {
    return (await this.waves.find(id, tx)) ?? undefined;
  }

  /** The latest 50, newest first. */
  list(): Promise<InvitationWave[]> {
    return this.waves.findNewest(LIST_LENGTH);
  }

  async figures(id: string, tx?: EntityManager): Promise<WaveFigures> {
    return total(await this.members.countFigures(id, undefined, tx));
  }

  figuresByStructure(id: string): Promise<({ structureId: string | null } & WaveFigures)[]> {
    return this.members.countFigures(id);
  }

  /** Ids of the waves that have something to do now: at night and on weekends only those that are over. */
  async findDue(): Promise<string[]> {
    const now = this.clock.now();
    return (await this.waves.findDue(now, isWorkingTime(now))).map(({ id }) => id);
  }

  /**
   * Takes the turn of a wave, if it is due: marks the next members as invited or reminded, pauses the wave or ends it. The
   * first statement moves the next turn, so that of several instances one has this turn.
   */
  async takeTurn(id: string, tx: EntityManager): Promise<WaveTurn | undefined> {
    const now = this.clock.now();
    const wave = await this.waves.find(id, tx);
    if (!wave || wave.state === 'ENDED') return undefined;
    if (wave.untilAt <= now) return (await this.end(id, tx)) ? { act: 'end', wave } : undefined;
    if (wave.state !== 'RUNNING' || wave.nextAt > now || !isWorkingTime(now)) return undefined;
    const people = Math.min(TURN, Math.ceil((wave.perHour * MINUTE) / HOUR));
    const from = Math.max(wave.nextAt.getTime(), now.getTime() - CAUGHT_UP_MS);
    const nextAt = new Date(from + Math.round((people * HOUR) / wave.perHour));
    const asRead = { state: 'RUNNING', nextAt: wave.nextAt } as const;
    if (!(await this.waves.change(id, asRead, { nextAt }, tx))) return undefined;
    return this.#next(wave, people, now, tx);
  }

  async #next(
    wave: InvitationWave,
    people: number,
    now: Date,
    tx: EntityManager,
  ): Promise<WaveTurn | undefined> {
    const { id } = wave;
    const next = await this.members.findNext(id, parisDate(now), people, tx);
    if (next.length > 0)
      return (await this.#pauseForBounces(wave, tx)) ?? this.#mark('invite', wave, next, tx);
    const silent = wave.remindersAt
      ? await this.members.findSilent(id, addMilliseconds(now, -REMINDED_AFTER_MS), people, tx)
      : [];
    if (silent.length > 0) return this.#mark('remind', wave, silent, tx);
    await this.waves.change(id, { state: 'RUNNING' }, { nextAt: addMilliseconds(now, IDLE_MS) }, tx);
    return undefined;
  }

  async #mark(
    act: 'invite' | 'remind',
    wave: InvitationWave,
    members: readonly InvitationWaveMemberEntity[],
    tx: EntityManager,
  ): Promise<WaveTurn> {
    const accountIds = members.map(({ accountId }) => accountId);
    const now = this.clock.now();
    await this.members.mark(
      wave.id,
      accountIds,
      act === 'invite' ? { invitedAt: now } : { remindedAt: now },
      tx,
    );
    return { act, wave, accountIds };
  }

  async #pauseForBounces(wave: InvitationWave, tx: EntityManager): Promise<WaveTurn | undefined> {
    const { invited, bounced } = total(await this.members.countFigures(wave.id, wave.countedFromAt, tx));
    if (invited < FEWEST_COUNTED || bounced <= invited * MOST_BOUNCED) return undefined;
    await this.pause(wave.id, 'bounces', tx);
    return { act: 'pause', wave, invited, bounced };
  }

  /** The account is no longer one that can be invited: it leaves the wave. */
  withdraw(waveId: string, accountId: string, tx: EntityManager): Promise<void> {
    return this.members.remove({ waveId, accountId }, tx);
  }

  /** Returns false when the wave is not running. */
  pause(id: string, pausedReason: WavePause, tx: EntityManager): Promise<boolean> {
    return this.waves.change(id, { state: 'RUNNING' }, { state: 'PAUSED', pausedReason }, tx);
  }

  /** Goes on, and counts bounces anew. Returns false when the wave is not paused. */
  resume(id: string, tx: EntityManager): Promise<boolean> {
    const changes = { state: 'RUNNING', pausedReason: null, countedFromAt: this.clock.now() } as const;
    return this.waves.change(id, { state: 'PAUSED' }, changes, tx);
  }

  /** Has each silent person reminded once, three days after the invitation. Returns false when that was chosen before. */
  remind(id: string, tx: EntityManager): Promise<boolean> {
    const guard = { state: Not<WaveState>('ENDED'), remindersAt: IsNull() };
    return this.waves.change(id, guard, { remindersAt: this.clock.now() }, tx);
  }

  /** Sends nothing more; the links that left stay valid. Returns false when the wave has ended. */
  end(id: string, tx: EntityManager): Promise<boolean> {
    const endedAt = this.clock.now();
    return this.waves.change(
      id,
      { state: Not('ENDED') },
      { state: 'ENDED', pausedReason: null, endedAt },
      tx,
    );
  }

  /** Records that a person opened the link of the invitation. */
  recordOpened(accountId: string): Promise<void> {
    return this.members.markOpened(accountId, this.clock.now());
  }

  findByAccount(accountId: string): Promise<InvitationWaveMemberEntity[]> {
    return this.members.findByAccount(accountId);
  }

  /** Removes a person from every wave. */
  forget(accountId: string, tx: EntityManager): Promise<void> {
    return this.members.remove({ accountId }, tx);
  }

  /** Deletes waves that ended long ago, at most `batch` rows. Returns how many. */
  async purge(batch: number): Promise<number> {
    const old = await this.waves.findEndedBefore(addMilliseconds(this.clock.now(), -WAVES_KEPT_MS));
    if (old === undefined) return 0;
    return (await this.members.deleteSome(old, batch)) || this.waves.delete(old);
  }

  async #add(
    to: { waveId: string; dueOn: string },
    structures: readonly (string | null)[],
    eligibility: Parameters<InvitationWaveMemberRepository['insertEligible']>[1],
    tx: EntityManager,
  ): Promise<void> {
    if (structures.includes(null))
      await this.members.insertEligible({ ...to, structureIds: null }, eligibility, tx);
    const named = structures.filter((id) => id !== null);
    for (let first = 0; first < named.length; first += STRUCTURES_OF_ONE_STATEMENT) {
      const structureIds = named.slice(first, first + STRUCTURES_OF_ONE_STATEMENT);
      await this.members.insertEligible({ ...to, structureIds }, eligibility, tx);
    }
  }

  #refuseWrongDays(startsOn: string, until: string, now: Date): void {
    const ahead = daysBetween(parisDate(now), startsOn);
    const lasts = daysBetween(startsOn, until);
    const wrong = [
      ...(isCalendarDay(startsOn) && ahead >= 0 && ahead <= MOST_DAYS_AHEAD ? [] : ['startsOn']),
      ...(isCalendarDay(until) && lasts >= WAVE_DAYS.min && lasts <= WAVE_DAYS.max ? [] : ['until']),
    ];
    if (wrong.length > 0) throw invalidFields(wrong);
  }
}

function total(parts: readonly WaveFigures[]): WaveFigures {
  const sum = (figure: keyof WaveFigures) => parts.reduce((so, part) => so + part[figure], 0);
  return {
    people: sum('people'),
    invited: sum('invited'),
    opened: sum('opened'),
    signedIn: sum('signedIn'),
    bounced: sum('bounced'),
    reminded: sum('reminded'),
  };
}
