import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { EntityManager, IsNull, Not } from 'typeorm';
import type { AccountEntity } from '../account/account.entity';
import { AccountRepository } from '../account/account.repository';
import {
  invalidFields,
  isPrivileged,
  NATIONAL,
  requireValidChanges,
  structureRoles,
} from '../account/account-fields.policy';
import type { MembershipEntity } from './membership.entity';
import {
  lastDayOver,
  MembershipGuard,
  MembershipRepository,
  openAt,
  PlacePeriod,
} from './membership.repository';
import type {
  MembershipChanges,
  MembershipRecord,
  MembershipSource,
  NewMembership,
} from './membership.types';

type Managed = Pick<AccountEntity, 'id' | 'structureId' | 'roles' | 'externalId'>;

/** The places of people in structures. */
@Injectable()
export class MembershipService {
  constructor(
    private readonly rows: MembershipRepository,
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  /** All memberships of an account, the open ones first. */
  async findByAccount(accountId: string, tx?: EntityManager): Promise<MembershipRecord[]> {
    return (await this.rows.findByAccount(accountId, tx)).map(toRecord);
  }

  /** Open memberships of these accounts, by account. */
  async findOpenByAccounts(accountIds: readonly string[]): Promise<Map<string, MembershipRecord[]>> {
    if (accountIds.length === 0) return new Map();
    const rows = await this.rows.findOpenByAccounts(accountIds, this.clock.now());
    const found = new Map<string, MembershipRecord[]>();
    for (const row of rows) found.set(row.accountId, [...(found.get(row.accountId) ?? []), toRecord(row)]);
    return found;
  }

  async find(
    accountId: string,
    structureId: string,
    tx?: EntityManager,
  ): Promise<MembershipRecord | undefined> {
    const row = await this.rows.find({ accountId, structureId }, tx);
    return row ? toRecord(row) : undefined;
  }

  /**
   * Opens a membership, or one that was over, again. Returns false when it is open: of several concurrent callers, one
   * gets true.
   *
   * @throws AppError `validation.failed` for an invalid field
   */
  async open(wanted: NewMembership, tx: EntityManager): Promise<boolean> {
    if (!(await this.#open(wanted, tx))) return false;
    await this.#recordTimes(wanted.accountId, wanted, false, tx);
    return true;
  }

  async #open(wanted: NewMembership, tx: EntityManager): Promise<boolean> {
    requireValidMembership(wanted);
    const row = this.#newRow(wanted);
    if (await this.rows.insert(row, tx)) return true;
    const { accountId: _, structureId: __, version: ___, ...again } = row;
    const { sinceAt: now } = row;
    return (
      (await this.rows.change(row, { endedAt: Not(IsNull()) }, again, tx)) ||
      (await this.rows.change(row, lastDayOver(now), again, tx))
    );
  }

  /**
   * Changes an open membership. With `version`, only in that version. Returns whether it did.
   *
   * @throws AppError `validation.failed` for an invalid field
   */
  async change(
    key: Pick<NewMembership, 'accountId' | 'structureId'>,
    { until, ...changes }: MembershipChanges,
    version: number | undefined,
    tx: EntityManager,
  ): Promise<boolean> {
    requireValidMembership(changes);
    const guard = { ...openAt(this.clock.now()), ...(version !== undefined && { version }) };
    return this.rows.change(key, guard, { ...changes, ...(until !== undefined && { untilAt: until }) }, tx);
  }

  /** Ends a membership. Returns whether it was open. */
  end(accountId: string, structureId: string, tx: EntityManager): Promise<boolean> {
    return this.#end({ accountId, structureId }, openAt(this.clock.now()), tx);
  }

  /** Returns a look-up of the structures where one of these accounts had an open membership at a time. Default: now. */
  async findStructures(
    accountIds: readonly string[],
    tx: EntityManager,
  ): Promise<(accountId: string, at?: Date) => string[]> {
    const now = this.clock.now();
    const found = new Map<string, PlacePeriod[]>();
    const rows = accountIds.length > 0 ? await this.rows.findPeriods(accountIds, tx) : [];
    for (const row of rows) found.set(row.accountId, [...(found.get(row.accountId) ?? []), row]);
    return (accountId, at = now) =>
      (found.get(accountId) ?? []).filter((row) => wasOpen(row, at)).map(({ structureId }) => structureId);
  }

  /** The open memberships of these accounts in one structure, by account. */
  async findOpenIn(
    structureId: string,
    accountIds: readonly string[],
  ): Promise<Map<string, MembershipRecord>> {
    if (accountIds.length === 0) return new Map();
    const rows = await this.rows.findOpenIn(structureId, accountIds, this.clock.now());
    return new Map(rows.map((row) => [row.accountId, toRecord(row)]));
  }

  /** Memberships whose last day has come, at most `limit`. */
  async findOver(limit: number): Promise<{ accountId: string; structureId: string }[]> {
    return this.rows.findOver(this.clock.now(), limit);
  }

  /** Records that one of {@link findOver} was ended. Returns false when it was ended or prolonged meanwhile. */
  endOver(accountId: string, structureId: string, tx: EntityManager): Promise<boolean> {
    return this.#end({ accountId, structureId }, lastDayOver(this.clock.now()), tx);
  }

  async #end(
    key: Pick<NewMembership, 'accountId' | 'structureId'>,
    guard: MembershipGuard,
    tx: EntityManager,
  ): Promise<boolean> {
    if (!(await this.rows.change(key, guard, { endedAt: this.clock.now() }, tx))) return false;
    const ended = (await this.rows.find(key, tx))!;
    await this.#recordTimes(key.accountId, ended, ended.structure?.fourEyes ?? false, tx);
    return true;
  }

  /** What the rules of a second administrator read for a while: else a membership is ended, used and opened again. */
  async #recordTimes(
    accountId: string,
    { roles }: Pick<NewMembership, 'roles'>,
    leavesFourEyes: boolean,
    tx: EntityManager,
  ): Promise<void> {
    const now = this.clock.now();
    const times = {
      ...(isPrivileged(roles) && { administrationChangedAt: now }),
      ...(leavesFourEyes && { fourEyesLeftAt: now }),
    };
    if (Object.keys(times).length > 0) await this.accounts.record(accountId, {}, times, tx);
  }

  /** Deletes all of them, with the account or its erasure. */
  deleteByAccount(accountId: string, tx: EntityManager): Promise<void> {
    return this.rows.deleteByAccount(accountId, tx);
  }

  /** Gives a new account its place in the structure that manages it. */
  async addManaging(account: Managed, tx: EntityManager): Promise<void> {
    if (account.structureId) await this.rows.insert(this.#managing(account, account.structureId), tx);
  }

  /** Gives new accounts their places, the managing ones included. @throws AppError `validation.failed` */
  async addAll(wanted: readonly NewMembership[], tx: EntityManager): Promise<void> {
    wanted.forEach(requireValidMembership);
    await this.rows.insertAll(
      wanted.map((one) => this.#newRow(one)),
      tx,
    );
  }

  /** Returns the structures where each of these accounts has or had a place. */
  async findPlaces(accountIds: readonly string[], tx: EntityManager): Promise<Map<string, Set<string>>> {
    const found = new Map<string, Set<string>>(accountIds.map((id) => [id, new Set()]));
    const rows = accountIds.length > 0 ? await this.rows.findPeriods(accountIds, tx) : [];
    for (const { accountId, structureId } of rows) found.get(accountId)!.add(structureId);
    return found;
  }

  /**
   * Follows a change of the account: its place in the structure that manages it has the account's roles. The place in
   * the structure that managed it before ends.
   */
  async followAccount(before: Managed, after: Managed, tx: EntityManager): Promise<void> {
    const { id: accountId, structureId } = before;
    const now = this.clock.now();
    if (structureId && structureId !== after.structureId)
      await this.rows.change({ accountId, structureId }, openAt(now), { endedAt: now }, tx);
    if (!after.structureId) return;
    const { externalId } = after;
    const roles = structureRoles(after.roles);
    const key = { accountId, structureId: after.structureId };
    // The managing place has no last day: the account would be left without a manager.
    const managed = { roles, externalId, untilAt: null };
    if (await this.rows.change(key, openAt(now), managed, tx)) return;
    await this.#open({ ...key, roles, externalId, source: sourceOf(after) }, tx);
  }

  #managing(account: Managed, structureId: string): Omit<MembershipEntity, 'structure'> {
    const { id: accountId, externalId } = account;
    return this.#newRow({
      accountId,
      structureId,
      roles: structureRoles(account.roles),
      externalId,
      source: sourceOf(account),
    });
  }

  #newRow({
    until,
    externalId,
    function: post,
    ...wanted
  }: NewMembership): Omit<MembershipEntity, 'structure'> {
    return {
      ...wanted,
      function: post ?? null,
      externalId: externalId ?? null,
      sinceAt: this.clock.now(),
      untilAt: until ?? null,
      endedAt: null,
      version: 1,
    };
  }
}

/** @throws AppError `validation.failed` for an invalid field, and for a national role, which belongs to an account */
export function requireValidMembership({ roles, externalId, function: post }: MembershipChanges): void {
  if (roles?.includes(NATIONAL)) throw invalidFields(['roles']);
  requireValidChanges({ roles, externalId, function: post });
}

function sourceOf({ externalId }: Pick<Managed, 'externalId'>): MembershipSource {
  return externalId === null ? 'console' : 'scim';
}

function toRecord(row: MembershipEntity): MembershipRecord {
  const { accountId, structureId, function: post, source, externalId, endedAt, version } = row;
  return {
    accountId,
    structure: { id: structureId, name: row.structure?.name ?? structureId },
    roles: [...row.roles],
    function: post,
    source,
    externalId,
    since: row.sinceAt,
    until: row.untilAt,
    endedAt,
    version,
  };
}

function wasOpen({ sinceAt, untilAt, endedAt }: PlacePeriod, at: Date): boolean {
  return sinceAt <= at && [untilAt, endedAt].every((end) => end === null || end > at);
}
