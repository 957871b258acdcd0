import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { beginningWith } from '@portillon/kernel';
import { EntityRepository, tableNameOf } from '@portillon/persistence';
import {
  EntityManager,
  In,
  Repository,
  SelectQueryBuilder,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';
import { AccountNarrowing, inManagedBy, narrow, showsMore } from '../account/account-list';
import { AccountEntity } from '../account/account.entity';
import type { AccountStatus } from '../account/account.types';
import { inStructures } from '../membership/membership.repository';

/** The table `accountTerm`: search terms of accounts; a beginning is a range of its index. */
@Entity('accountTerm')
@Index('accountTermTerm', ['term', 'accountId'])
@Index('accountTermStructure', ['structureId', 'term', 'accountId'])
export class AccountTermEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  @PrimaryColumn({ type: 'varchar', length: 48 })
  term!: string;

  /** The structure that manages the account. A former release searched by it. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  structureId!: string | null;
}

/** Selects accounts by beginnings of terms. */
export interface TermQuery extends AccountNarrowing {
  /** Beginning whose range is walked, in the order of the index. */
  walked: string;
  /** Further beginnings, each looked up for every account on the way. */
  others: readonly string[];
  structureIds?: readonly string[];
  managedIn?: readonly string[];
  status?: AccountStatus;
  among?: readonly string[];
  now: Date;
  /** Term and account after which the page starts. */
  after?: { term: string; accountId: string };
  limit: number;
}

/** An account that matches a beginning several times is returned at the first match only. */
const firstMeeting = (
  managedIn: TermQuery['managedIn'],
) => `NOT EXISTS (SELECT 1 FROM ${tableNameOf(AccountTermEntity)} earlier
  WHERE earlier.accountId = met.accountId AND earlier.term >= :from AND earlier.term < met.term${
    managedIn ? ` AND ${isShownTerm('earlier')}` : ''
  })`;

/**
 * SQL with the parameter `managedIn`: whether a term is shown of its account. Of an account that another structure
 * manages, the name is, and no address, user name or national id. `of`: the alias whose account it is, which the database
 * has read before it looks for the name.
 */
function isShownTerm(alias: string, of = alias): string {
  return `(${alias}.structureId IN (:...managedIn) OR INSTR((SELECT named.displayNameKey
    FROM ${tableNameOf(AccountEntity)} named WHERE named.id = ${of}.accountId), ${alias}.term) > 0)`;
}

/** The table `accountTerm`: search terms of accounts. */
@Injectable()
export class AccountTermRepository extends EntityRepository<AccountTermEntity> {
  constructor(@InjectRepository(AccountTermEntity) rows: Repository<AccountTermEntity>) {
    super(rows);
  }

  async insert(terms: AccountTermEntity[], tx: EntityManager): Promise<void> {
    if (terms.length > 0) await this.of(tx).insert(terms);
  }

  async deleteOf(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** Number of terms with this beginning, at most `most`: the rest is not read. */
  async count(
    beginning: string,
    among: Pick<TermQuery, 'structureIds' | 'managedIn' | 'now'>,
    most: number,
    tx?: EntityManager,
  ): Promise<number> {
    const met = this.#beginningWith(beginning, among, tx).select('1', 'one').limit(most);
    const { count } = (await this.of(tx)
      .manager.createQueryBuilder()
      .select('COUNT(*)', 'count')
      .from(`(${met.getQuery()})`, 'met')
      .setParameters(met.getParameters())
      .getRawOne<{ count: number | string }>())!;
    return Number(count);
  }

  /** Matches by term, then by account, each account once: one range of an index, walked until the page is full. */
  findPage(query: TermQuery, tx?: EntityManager): Promise<AccountTermEntity[]> {
    const { walked, others, status, among, managedIn, now, after, limit } = query;
    const found = this.#beginningWith(walked, query, tx).andWhere(firstMeeting(managedIn));
    if (managedIn && showsMore(query)) inManagedBy(found, 'met.structureId', managedIn, query.only);
    if (status !== undefined || query.only !== undefined)
      found.innerJoin(AccountEntity, 'account', 'account.id = met.accountId');
    if (status !== undefined) found.andWhere('account.status = :status', { status });
    narrow(found, query, now);
    if (among !== undefined) found.andWhere({ accountId: In(among) });
    if (after)
      // The first condition is implied by the second: it lets every engine walk the index.
      found
        .andWhere('met.term >= :term', after)
        .andWhere('(met.term > :term OR met.accountId > :accountId)', after);
    others.forEach((other, index) => meetsToo(found, other, index, managedIn));
    return found.orderBy('met.term').addOrderBy('met.accountId').limit(limit).getMany();
  }

  #beginningWith(
    beginning: string,
    { structureIds, managedIn, now }: Pick<TermQuery, 'structureIds' | 'managedIn' | 'now'>,
    tx?: EntityManager,
  ): SelectQueryBuilder<AccountTermEntity> {
    const [from, below] = beginningWith(beginning);
    const query = this.of(tx)
      .createQueryBuilder('met')
      .where('met.term >= :from AND met.term < :below', { from, below });
    if (managedIn) query.setParameters({ managedIn });
    if (structureIds !== undefined)
      inStructures(query, 'met.accountId', structureIds, now, managedIn && isShownTerm('met', 'worker'));
    return query;
  }
}

/** The limit makes MariaDB look it up for each account on the way, instead of collecting all matches. */
function meetsToo(
  query: SelectQueryBuilder<AccountTermEntity>,
  beginning: string,
  index: number,
  managedIn: TermQuery['managedIn'],
): void {
  const [from, below] = beginningWith(beginning);
  const shown = managedIn ? ` AND ${isShownTerm('also')}` : '';
  query.andWhere(
    `(SELECT 1 FROM ${tableNameOf(AccountTermEntity)} also WHERE also.accountId = met.accountId
      AND also.term >= :from${index} AND also.term < :below${index}${shown} LIMIT 1) IS NOT NULL`,
    { [`from${index}`]: from, [`below${index}`]: below },
  );
}
