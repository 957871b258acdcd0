import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { beginningWith, Clock } from '@portillon/kernel';
import { EntityRepository, exactlyOne, tableNameOf } from '@portillon/persistence';
import {
  EntityManager,
  FindOptionsWhere,
  In,
  IsNull,
  LessThanOrEqual,
  Like,
  MoreThan,
  Not,
  Repository,
  SelectQueryBuilder,
} from 'typeorm';
import { inManagedBy, inOrder, narrow, showsMore } from './account-list';
import type { AccountPlace, AccountPageRequest, AccountSort } from './account-list';
import { AccountEntity } from './account.entity';
import type { VoidPassword } from './account.types';
import { MembershipEntity } from '../membership/membership.entity';
import { inStructures, OPEN_WORKER } from '../membership/membership.repository';
import { AccountTermEntity } from '../search/account-term.repository';
import {
  PROFILE_COLUMNS,
  ProfileRow,
  SIGN_IN_COLUMNS,
  SignInRow,
  ANY_VOID,
  voidColumns,
} from './account.columns';

export type AccountKey = { id: string } | { usernameKey: string } | { nationalId: string };
export type AccountGuard = Omit<FindOptionsWhere<AccountEntity>, 'id'>;
type LookUpRow = Pick<AccountEntity, 'id' | 'nationalId' | 'directoryDueAt'>;

/** What shows whether a person of a file has this account. */
const KEY_COLUMNS = { id: true, usernameKey: true, emailKey: true, nationalId: true, status: true } as const;
const OPEN_OF_ACCOUNT = 'membership.accountId = account.id AND membership.endedAt IS NULL';

type Selection = Omit<AccountPageRequest, 'cursor' | 'limit'> & {
  now: Date;
  /** Beginnings of terms; accounts must match all of them. */
  terms?: readonly string[];
};

/** The table `account`. An account is read with its structure and its memberships, in one statement. */
@Injectable()
export class AccountRepository extends EntityRepository<AccountEntity> {
  readonly #email = this.loader('id', { id: true, email: true });
  readonly #whole = this.#byKey(() => this.#read());
  readonly #signIn = this.#byKey(() => this.#readOnly(SIGN_IN_COLUMNS));
  readonly #profile = this.#byKey(() => this.#readOnly(PROFILE_COLUMNS));

  constructor(
    @InjectRepository(AccountEntity) rows: Repository<AccountEntity>,
    private readonly clock: Clock,
  ) {
    super(rows);
  }

  async insert(account: Partial<AccountEntity>, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(account);
  }

  async insertAll(accounts: AccountEntity[], tx: EntityManager): Promise<void> {
    await this.of(tx).insert(accounts);
  }

  /** Returns the account with this id, user name key or national id. */
  find(key: AccountKey, tx?: EntityManager): Promise<AccountEntity | null> {
    return this.#whole(key, tx);
  }

  /** As {@link find}, with the columns of a sign-in only. */
  findForSignIn(key: AccountKey, tx?: EntityManager): Promise<SignInRow | null> {
    return this.#signIn(key, tx);
  }

  /** As {@link find}, with the columns of a profile only. */
  findProfile(id: string): Promise<ProfileRow | null> {
    return this.#profile({ id });
  }

  /** Address of an account, for the checks of the gate. */
  async findEmail(id: string): Promise<string | undefined> {
    return (await this.#email(id))[0]?.email;
  }

  /** By id. */
  findAll(ids: readonly string[], tx?: EntityManager): Promise<AccountEntity[]> {
    return this.#read(tx)
      .where({ id: In(ids) })
      .orderBy('account.id')
      .getMany();
  }

  /** Oldest first. */
  findByEmailKey(emailKey: string, limit: number, tx?: EntityManager): Promise<AccountEntity[]> {
    return this.#read(tx).where({ emailKey }).orderBy('account.id').take(limit).getMany();
  }

  /**
   * Returns a page in the order of `sort`, after `after`. It selects the ids first, so that the sort is narrow and
   * only the rows of the page are read.
   */
  async findPage(
    { limit, sort, ...selection }: Selection & { limit: number; sort: AccountSort },
    after: AccountPlace | undefined,
    tx?: EntityManager,
  ): Promise<AccountEntity[]> {
    const query = select(this.of(tx).createQueryBuilder('account').select('account.id', 'id'), {
      ...selection,
      sort,
    });
    const found = await inOrder(query, sort, after).limit(limit).getRawMany<{ id: string }>();
    const rows = await this.findAll(
      found.map(({ id }) => id),
      tx,
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return found.flatMap(({ id }) => byId.get(id) ?? []);
  }

  /** Number of accounts that {@link findPage} returns over all pages. */
  count(selection: Selection): Promise<number> {
    return select(this.of().createQueryBuilder('account'), selection).getCount();
  }

  /** Accounts with this external id: that of one structure's directory, or of the one that manages them; at most `limit`. */
  findByExternalId(
    externalId: string,
    structureId: string | undefined,
    limit: number,
  ): Promise<AccountEntity[]> {
    const query = this.#read().orderBy('account.id').take(limit);
    if (structureId === undefined) return query.where({ externalId }).getMany();
    const place = 'membership.structureId = :structureId AND membership.externalId = :externalId';
    return query.where(place, { structureId, externalId }).getMany();
  }

  /** Accounts by id that a directory may see, of one structure or of all, from `offset` on, and their total. */
  async findSlice(
    structureId: string | undefined,
    offset: number,
    limit: number,
  ): Promise<[AccountEntity[], number]> {
    const query = this.of()
      .createQueryBuilder('account')
      .where({ email: Not('') });
    if (structureId === undefined) query.andWhere({ removedAt: IsNull() });
    else {
      // Another directory removed the people whom its structure manages.
      const elsewhere = 'account.structureId IS NULL OR account.structureId <> :structureId';
      query.andWhere(`(account.removedAt IS NULL OR ${elsewhere})`, { structureId });
      inStructures(query, 'account.id', [structureId], this.clock.now());
    }
    const total = await query.getCount();
    const page = query.select('account.id', 'id').orderBy('account.id').offset(offset).limit(limit);
    const ids = (await page.getRawMany<{ id: string }>()).map(({ id }) => id);
    return [ids.length > 0 ? await this.findAll(ids) : [], total];
  }

  /** Accounts with one of these user name keys or national ids. */
  findByKeys(
    usernameKeys: readonly string[],
    nationalIds: readonly string[],
    tx?: EntityManager,
  ): Promise<Pick<AccountEntity, keyof typeof KEY_COLUMNS>[]> {
    return this.of(tx).find({
      select: KEY_COLUMNS,
      where: [{ usernameKey: In(usernameKeys) }, { nationalId: In(nationalIds) }],
    });
  }

  /** Names of these accounts. */
  findNames(
    ids: readonly string[],
  ): Promise<Pick<AccountEntity, 'id' | 'username' | 'displayName' | 'structureId'>[]> {
    return this.of().find({
      select: { id: true, username: true, displayName: true, structureId: true },
      where: { id: In(ids) },
    });
  }

  /** The next ids after `after`, of the people of one structure or of all. */
  async findIdsAfter(after: string, structureId: string | undefined, limit: number): Promise<string[]> {
    const query = this.of().createQueryBuilder('account').select('account.id', 'id');
    query.where('account.id > :after', { after });
    if (structureId !== undefined) inStructures(query, 'account.id', [structureId], this.clock.now());
    const rows = await query.orderBy('account.id').limit(limit).getRawMany<{ id: string }>();
    return rows.map(({ id }) => id);
  }

  /** The next ids after `after`, of open accounts with a national id. */
  async findIdsWithNationalId(after: string, limit: number): Promise<string[]> {
    const where = { id: MoreThan(after), nationalId: Not(IsNull()), status: Not('DEACTIVATED' as const) };
    const rows = await this.of().find({ select: { id: true }, where, order: { id: 'ASC' }, take: limit });
    return rows.map(({ id }) => id);
  }

  /** Voids the passwords of these accounts and increments their versions. Returns the ids that had one. */
  async voidPasswords(
    ids: readonly string[],
    reason: VoidPassword['reason'],
    now: Date,
    tx: EntityManager,
  ): Promise<string[]> {
    const having = { id: In(ids), passwordDigest: Not(Like(ANY_VOID)) };
    const rows = await this.of(tx).find({ select: { id: true }, where: having });
    const taken = rows.map((row) => row.id);
    if (taken.length === 0) return [];
    const changes = { ...voidColumns(reason, now), changedAt: now, version: () => 'version + 1' };
    await this.of(tx).update({ id: In(taken), passwordDigest: Not(IsNull()) }, changes);
    return taken;
  }

  /** Whether any account has a password that moved in. One read by an index. */
  hasMovedPassword(): Promise<boolean> {
    return this.of().existsBy({ passwordMovedAt: Not(IsNull()) });
  }

  /** Whether any active account has a proved number. */
  hasProvedPhone(): Promise<boolean> {
    return this.of().existsBy({ status: 'ACTIVE', phoneVerifiedAt: Not(IsNull()) });
  }

  /** Whether any active account administers a structure. */
  hasStructureAdministrator(): Promise<boolean> {
    const query = this.of().createQueryBuilder('account');
    return query.where("account.status = 'ACTIVE' AND account.roles LIKE '%structure-admin%'").getExists();
  }

  /** Ids of the active national administrators. */
  async findNationalAdministratorIds(tx?: EntityManager): Promise<string[]> {
    const rows = await this.of(tx).find({
      select: { id: true },
      where: { national: true, status: 'ACTIVE' },
      order: { id: 'ASC' },
    });
    return rows.map((row) => row.id);
  }

  /** Open accounts with a privileged role, theirs or of a membership, by user name. Reads the whole tables. */
  findAdministrators(): Promise<AccountEntity[]> {
    const privileged = (alias: string) =>
      `(${alias}.roles LIKE '%-admin%' OR ${alias}.roles LIKE '%auditor%')`;
    const placed = `SELECT worker.accountId FROM ${tableNameOf(MembershipEntity)} worker
      WHERE ${OPEN_WORKER} AND ${privileged('worker')}`;
    const query = this.#read()
      .where("account.status <> 'DEACTIVATED'")
      .andWhere(`(${privileged('account')} OR account.id IN (${placed}))`, { openAt: this.clock.now() });
    return query.orderBy('account.usernameKey').getMany();
  }

  /** National ids of open accounts that are due at `now`; those never looked up first. */
  async findDueLookups(now: Date, limit: number): Promise<LookUpRow[]> {
    const select = { id: true, nationalId: true, directoryDueAt: true } as const;
    // A separate query: one range of the index has exactly the national ids that were never looked up.
    const open: AccountGuard = { nationalId: Not(IsNull()), status: Not('DEACTIVATED') };
    const never = await this.of().find({ select, where: { ...open, directoryDueAt: IsNull() }, take: limit });
    if (never.length === limit) return never;
    const where = { ...open, directoryDueAt: LessThanOrEqual(now) };
    const order = { directoryDueAt: 'ASC', nationalId: 'ASC' } as const;
    return [...never, ...(await this.of().find({ select, where, order, take: limit - never.length }))];
  }

  /** Changes the account if it matches `guard`, and increments its version. One of several concurrent callers succeeds. */
  change(
    id: string,
    guard: AccountGuard,
    changes: Partial<AccountEntity>,
    tx?: EntityManager,
  ): Promise<boolean> {
    const next = { version: () => 'version + 1', changedAt: this.clock.now() };
    return this.#update(id, guard, { ...changes, ...next }, tx);
  }

  /** As {@link change}, without a new version, for records that are not edits. */
  record(
    id: string,
    guard: AccountGuard,
    changes: Partial<AccountEntity>,
    tx?: EntityManager,
  ): Promise<boolean> {
    return this.#update(id, guard, changes, tx);
  }

  /** Locks the row until `tx` ends, if it matches `guard`. Changes nothing. */
  lockForUpdate(id: string, guard: AccountGuard, tx: EntityManager): Promise<boolean> {
    return this.#update(id, guard, { version: () => 'version' }, tx);
  }

  async delete(id: string, guard: AccountGuard, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).delete({ ...guard, id }));
  }

  /** An account with its structure and its memberships. */
  #read(tx?: EntityManager): SelectQueryBuilder<AccountEntity> {
    return this.of(tx)
      .createQueryBuilder('account')
      .leftJoinAndSelect('account.structure', 'structure')
      .leftJoinAndMapMany('account.memberships', MembershipEntity, 'membership', OPEN_OF_ACCOUNT)
      .leftJoinAndSelect('membership.structure', 'workplace');
  }

  #readOnly(columns: string[]): SelectQueryBuilder<AccountEntity> {
    return this.#read().select(columns);
  }

  /** Reads one account by `query`, which is built once for each column of a key. */
  #byKey(query: () => SelectQueryBuilder<AccountEntity>) {
    const by = (column: string) => this.prepared(() => query().where(`account.${column} = :${column}`));
    const reads = { id: by('id'), usernameKey: by('usernameKey'), nationalId: by('nationalId') };
    return async (key: AccountKey, tx?: EntityManager): Promise<AccountEntity | null> => {
      const [column] = Object.keys(key) as [keyof typeof reads];
      return (await reads[column](key, tx))[0] ?? null;
    };
  }

  async #update(
    id: string,
    guard: AccountGuard,
    changes: Parameters<Repository<AccountEntity>['update']>[1],
    tx?: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ ...guard, id }, changes));
  }
}

/** Selects the accounts of a list, by structure, status and filter. */
function select(
  query: SelectQueryBuilder<AccountEntity>,
  { structureIds, managedIn, status, among, now, terms = [], ...narrowing }: Selection,
): SelectQueryBuilder<AccountEntity> {
  query.where({
    ...(status !== undefined && { status }),
    ...(among !== undefined && { id: In(among) }),
  });
  if (structureIds !== undefined) inStructures(query, 'account.id', structureIds, now);
  if (managedIn && showsMore({ ...narrowing, among }))
    inManagedBy(query, 'account.structureId', managedIn, narrowing.only);
  narrow(query, narrowing, now);
  terms.forEach((term, index) => hasTerm(query, term, index, managedIn));
  return query;
}

/** Joined as a derived table, so that MariaDB collects the matching accounts once, then sorts them or walks the order. */
function hasTerm(
  query: SelectQueryBuilder<AccountEntity>,
  beginning: string,
  index: number,
  managedIn: readonly string[] | undefined,
): void {
  const [from, below] = beginningWith(beginning);
  // Of an account that another structure manages the name is searched, and no address, user name or national id.
  if (managedIn)
    query.andWhere(
      `(account.structureId IN (:...managedIn) OR INSTR(account.displayNameKey, :from${index}) > 0)`,
      { managedIn },
    );
  query
    .innerJoin(
      (terms) =>
        terms
          .select('DISTINCT met.accountId', 'accountId')
          .from(AccountTermEntity, 'met')
          .where(`met.term >= :from${index} AND met.term < :below${index}`),
      `met${index}`,
      `met${index}.accountId = account.id`,
    )
    .setParameters({ [`from${index}`]: from, [`below${index}`]: below });
}
