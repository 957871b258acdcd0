import { Injectable } from '@nestjs/common';
import { Clock, fromCursor, pageSize, toCursor, unknownCursor, sortKey } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { LARGEST_ACCOUNT_PAGE } from '../account/account-list';
import type { AccountPage, AccountPageRequest } from '../account/account-list';
import type { AccountEntity } from '../account/account.entity';
import { AccountRepository } from '../account/account.repository';
import type { Account } from '../account/account.types';
import { toAccount } from '../account/account.view';
import { PhoneSealService } from '../phones/phone-seal.service';
import { AccountTermRepository } from './account-term.repository';

export interface AccountQuery extends AccountPageRequest {
  /** Beginnings of a name, user name, mail address or national id; an account must have all of them. */
  text: string;
}

/** Beginnings with more matches than this count as equally common: a page of either fills quickly. */
const MANY = 2_000;

/** Data by which an account is found. */
export type IndexedAccount = Pick<
  AccountEntity,
  'id' | 'username' | 'email' | 'displayName' | 'nationalId' | 'structureId'
>;

/**
 * Finds accounts as the user types. Every beginning is a range of an index, walked in order until the page is full:
 * only rows of the page are read, however large the table is. Keeps the search terms in line with the accounts.
 */
@Injectable()
export class AccountSearchService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly terms: AccountTermRepository,
    private readonly phones: PhoneSealService,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns accounts by matched term, then by id; each account once.
   *
   * @throws AppError `validation.failed` for an invalid cursor
   */
  async find(query: AccountQuery, tx?: EntityManager): Promise<AccountPage> {
    const typed = typedTerms(query.text);
    if (typed.length === 0) return { items: [], nextCursor: null };
    const limit = pageSize(query.limit, LARGEST_ACCOUNT_PAGE);
    const after = orderPlaceOf(query.cursor);
    const now = this.clock.now();
    const walked = after ? walkedBefore(typed, after.term) : await this.#rarest(typed, { ...query, now }, tx);
    const others = typed.filter((term) => term !== walked);
    const found = await this.terms.findPage({ ...query, walked, others, after, now, limit: limit + 1 }, tx);
    const kept = found.slice(0, limit);
    const last = found.length > limit ? kept.at(-1) : undefined;
    const ids = kept.map((one) => one.accountId);
    return {
      items: await this.#accounts(ids, tx),
      nextCursor: last ? toCursor(last.term, last.accountId) : null,
    };
  }

  /** Adds the terms of a new account. */
  add(account: IndexedAccount, tx: EntityManager): Promise<void> {
    return this.addAll([account], tx);
  }

  async addAll(accounts: readonly IndexedAccount[], tx: EntityManager): Promise<void> {
    const terms = accounts.flatMap((account) =>
      searchTerms(account).map((term) => ({ accountId: account.id, term, structureId: account.structureId })),
    );
    await this.terms.insert(terms, tx);
  }

  /** Rewrites the terms after a change of names, mail, national id or structure, and after a deletion. */
  async renew(id: string, tx: EntityManager): Promise<void> {
    const account = await this.accounts.find({ id }, tx);
    await this.terms.deleteOf(id, tx);
    if (account) await this.add(account, tx);
  }

  /** Chooses the beginning with the fewest matches, so that `claire zzz` reads no account instead of every Claire. */
  async #rarest(
    typed: readonly string[],
    among: { structureIds?: readonly string[]; now: Date },
    tx?: EntityManager,
  ): Promise<string> {
    if (typed.length === 1) return typed[0]!;
    const counts: number[] = [];
    for (const term of typed) counts.push(await this.terms.count(term, among, MANY, tx));
    return typed[counts.indexOf(Math.min(...counts))]!;
  }

  async #accounts(ids: readonly string[], tx?: EntityManager): Promise<Account[]> {
    if (ids.length === 0) return [];
    const rows = await this.accounts.findAll(ids, tx);
    const byId = new Map(rows.map((row) => [row.id, toAccount(row, this.phones, this.clock.now())]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}

function orderPlaceOf(cursor: string | undefined): { term: string; accountId: string } | undefined {
  if (cursor === undefined) return undefined;
  const [term, accountId] = fromCursor(cursor, 2) as [string, string];
  return { term, accountId };
}

/**
 * The next page walks the same beginning as the previous one, even if the counts have changed.
 *
 * @throws AppError `validation.failed` for a cursor of another search
 */
function walkedBefore(typed: readonly string[], term: string): string {
  const walked = typed.find((one) => term.startsWith(one));
  if (walked === undefined) throw unknownCursor();
  return walked;
}

/** Width of the column. */
const LONGEST = 48;
/** Further words do not narrow the result. */
const MOST_WORDS = 6;
/** More than people type: the words are compared pairwise. */
const MOST_TYPED = 32;

interface Named {
  username: string;
  email: string;
  displayName: string;
  nationalId?: string | null;
}

/** Search terms of an account: each word of the name and each part of it, user name, mail address, national id. */
function searchTerms(account: Named): string[] {
  const words = account.displayName.split(/\s+/u);
  const parts = words.flatMap((word) => [word, ...word.split(/['’-]/u)]);
  const terms = [...parts, account.username, account.email, account.nationalId ?? ''];
  return [...new Set(terms.map(asTerm).filter(Boolean))];
}

/** Typed beginnings, the longest first; one that another one begins with is dropped. */
export function typedTerms(text: string): string[] {
  const words = text.split(/\s+/u, MOST_TYPED);
  const typed = [...new Set(words.map(asTerm).filter(Boolean))];
  const telling = typed.filter((one) => !typed.some((other) => other !== one && other.startsWith(one)));
  return telling.sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
}

/** Invisible marks, which people do not type. */
const UNSEEN = /\p{Cf}/gu;

function asTerm(text: string): string {
  return [...sortKey(text).replace(UNSEEN, '')].slice(0, LONGEST).join('');
}
