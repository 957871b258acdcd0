import { Injectable } from '@nestjs/common';
import { AccountMoveInService, AccountPhoneService, MembershipService } from '@portillon/account';
import type { KnownAccount } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { PasswordHashingService, readForeignDigest } from '@portillon/credential';
import type { TakenDigest } from '@portillon/credential';
import { Clock } from '@portillon/kernel';
import { isUniqueViolation, optimisticRetry, Transactions } from '@portillon/persistence';
import { Structure, StructureService } from '@portillon/structure';
import type { EntityManager } from 'typeorm';
import { MoveInDoubles } from './move-in-doubles';
import type { MoveInPerson } from './move-in-line';
import { accountOf, Candidate, candidateOf, outcomeOf, wantedPlaces } from './move-in.policy';
import type { MoveInReason } from './move-in-texts';

/** What becomes of a person: a new account, new memberships, nothing, or nothing until the file is corrected. */
export type MoveInOutcome = 'taken' | 'merged' | 'skipped' | 'refused';

/** What becomes of a person of the file. */
export interface MoveInResult {
  line: number;
  username: string;
  outcome: MoveInOutcome;
  reasons: MoveInReason[];
  /** Format of the digest that a new account gets. */
  format?: string;
  /** Whether a new account gets a proved number. */
  hasPhone?: boolean;
}

type People = AsyncIterable<MoveInPerson>;
type ReadDigest = { format?: string } & ({ refused: MoveInReason['code'] } | object);

/** People in one transaction. */
const BATCH = 500;
/** Digests in the pool at once, so that its queue never fills. */
const HASHES = 8;
/** Names of {@link StructureService.findAll} in one statement. */
const NAMES = 500;
const BY = 'command-line';

/**
 * Takes people of another service in, with their passwords, numbers and memberships. Sends nothing. A person who is here
 * already is left as they are, so that a run that was cut off is run again.
 */
@Injectable()
export class MoveInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountMoveInService,
    private readonly memberships: MembershipService,
    private readonly phones: AccountPhoneService,
    private readonly structures: StructureService,
    private readonly hashing: PasswordHashingService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Reads the file to its end before anything is done. @throws MoveInFault */
  async survey(people: People): Promise<MoveInDoubles> {
    const doubles = new MoveInDoubles();
    for await (const person of people) doubles.add(person);
    return doubles;
  }

  /** Yields the results of each batch, committed when `confirm`; otherwise nothing is written. */
  async *run(people: People, doubles: MoveInDoubles, confirm: boolean): AsyncGenerator<MoveInResult[]> {
    let batch: MoveInPerson[] = [];
    for await (const person of people) {
      batch.push(person);
      if (batch.length < BATCH) continue;
      yield await this.#batch(batch, doubles, confirm);
      batch = [];
    }
    if (batch.length > 0) yield await this.#batch(batch, doubles, confirm);
  }

  async #batch(people: MoveInPerson[], doubles: MoveInDoubles, confirm: boolean): Promise<MoveInResult[]> {
    const structures = await this.#structuresOf(people);
    const now = this.clock.now();
    const candidates = people.map((person) => {
      const { phone } = person.content;
      const parsed = phone ? this.phones.parse(phone) : undefined;
      const e164 = parsed?.status === 'ok' ? parsed.e164 : undefined;
      return candidateOf(person, { shared: doubles.reasons(person), structures, e164, now });
    });
    const digests = new Map<number, TakenDigest>();
    const turn = () => this.#attempt(candidates, digests, confirm);
    return optimisticRetry(turn, 'accounts that move in');
  }

  /** Nothing when another caller created one of the accounts meanwhile. */
  async #attempt(
    candidates: Candidate[],
    digests: Map<number, TakenDigest>,
    confirm: boolean,
  ): Promise<MoveInResult[] | undefined> {
    // No lock is held while passwords are hashed.
    if (confirm) await this.#takeDigests(candidates, digests);
    try {
      return await this.transactions.runOrRollBack((tx) => this.#settle(candidates, digests, confirm, tx));
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }

  async #structuresOf(people: MoveInPerson[]): Promise<Map<string, Structure>> {
    const wanted = new Set(
      people.flatMap(({ content: { structure, memberships } }) => [
        ...(structure ? [structure] : []),
        ...memberships.map((one) => one.structure),
      ]),
    );
    const texts = [...wanted];
    const found = new Map<string, Structure>();
    for (let from = 0; from < texts.length; from += NAMES)
      for (const [text, one] of await this.structures.findAll(texts.slice(from, from + NAMES)))
        found.set(text, one);
    return found;
  }

  /** Digests of new people alone: a weak one costs a hash. */
  async #takeDigests(candidates: Candidate[], digests: Map<number, TakenDigest>): Promise<void> {
    const known = await this.transactions.run((tx) => this.#known(candidates, tx));
    const wanted = candidates.filter(
      (one) => isOpen(one) && one.passwordDigest && !digests.has(one.line) && !accountOf(one, known),
    );
    for (let from = 0; from < wanted.length; from += HASHES)
      await Promise.all(
        wanted.slice(from, from + HASHES).map(async ({ line, passwordDigest }) => {
          digests.set(line, await this.hashing.take(passwordDigest));
        }),
      );
  }

  #known(candidates: Candidate[], tx: EntityManager): Promise<KnownAccount[]> {
    const drafts = candidates.filter(isOpen).map(({ draft }) => draft);
    return this.accounts.findKnown(
      drafts.map(({ username }) => username),
      drafts.flatMap(({ nationalId }) => nationalId ?? []),
      tx,
    );
  }

  async #settle(
    candidates: Candidate[],
    digests: ReadonlyMap<number, TakenDigest>,
    confirm: boolean,
    tx: EntityManager,
  ): Promise<MoveInResult[] | undefined> {
    const known = await this.#known(candidates, tx);
    const accounts = candidates.map((one) => (isOpen(one) ? accountOf(one, known) : undefined));
    const isNew = (index: number) => isOpen(candidates[index]!) && !accounts[index];
    const fresh = candidates.filter((_, index) => isNew(index));
    const read = new Map(fresh.map((one) => [one.line, digestOf(one, digests, confirm)]));
    // An account that was deleted since its digest was passed over.
    if (fresh.some(({ line, passwordDigest }) => passwordDigest && !read.get(line))) return undefined;
    const held = accounts.filter((one) => typeof one === 'object').map(({ id }) => id);
    const places = await this.memberships.findPlaces(held, tx);
    const results: MoveInResult[] = [];
    for (const [index, candidate] of candidates.entries()) {
      const account = accounts[index];
      if (isNew(index)) results.push(takenResult(candidate, read.get(candidate.line)));
      else if (typeof account !== 'object') results.push(leftOut(candidate, account));
      else results.push(await this.#merge(candidate, account, places.get(account.id)!, confirm, tx));
    }
    if (confirm) await this.#create(fresh, digests, results, tx);
    return results;
  }

  /** Adds the memberships that the person never had: one that was ended here stays ended. */
  async #merge(
    candidate: Candidate,
    { id: accountId, status }: KnownAccount,
    held: Set<string>,
    confirm: boolean,
    tx: EntityManager,
  ): Promise<MoveInResult> {
    const missing = wantedPlaces(candidate).filter(({ structureId }) => !held.has(structureId));
    if (status === 'DEACTIVATED') return resultOf(candidate, 'skipped', [{ code: 'closed' }]);
    if (missing.length === 0) return resultOf(candidate, 'skipped', [{ code: 'unchanged' }]);
    for (const place of missing) {
      held.add(place.structureId);
      if (!confirm || !(await this.memberships.open({ ...place, accountId, source: 'import' }, tx))) continue;
      const { structureId, roles } = place;
      const event = { name: 'membership_opened', outcome: 'SUCCESS', accountId, structureId } as const;
      await this.audit.record({ ...event, data: { by: BY, roles: [...roles] } }, tx);
    }
    const added = missing.map(({ structureId }) => candidate.structures.get(structureId)!);
    return resultOf(
      candidate,
      'merged',
      added.map((of) => ({ code: 'membership', of })),
    );
  }

  /** Creates the new accounts, with one line in the journal for a batch that changes something. */
  async #create(
    fresh: Candidate[],
    digests: ReadonlyMap<number, TakenDigest>,
    results: MoveInResult[],
    tx: EntityManager,
  ): Promise<void> {
    const drafts = fresh.map(({ line, draft }) => {
      const taken = digests.get(line);
      if (!taken || 'refused' in taken) return { ...draft, status: 'INVITED' as const };
      const { digest: passwordDigest, replaced: isReplaced } = taken;
      return { ...draft, passwordDigest, isReplaced, status: 'ACTIVE' as const };
    });
    await this.accounts.create(drafts, tx);
    const counts = outcomeCounts(results);
    if (counts.taken + counts.merged === 0) return;
    const lines = `${results[0]!.line}–${results.at(-1)!.line}`;
    const data = { by: BY, lines, ...counts } as const;
    await this.audit.record({ name: 'people_moved_in', outcome: 'SUCCESS', data }, tx);
  }
}

/** People of these results by outcome. */
export function outcomeCounts(results: readonly MoveInResult[]): Record<MoveInOutcome, number> {
  const count = (wanted: MoveInOutcome) => results.filter(({ outcome }) => outcome === wanted).length;
  return {
    taken: count('taken'),
    merged: count('merged'),
    skipped: count('skipped'),
    refused: count('refused'),
  };
}

function isOpen({ reasons }: Candidate): boolean {
  return outcomeOf(reasons) === 'open';
}

/** A dry run reads the digest, and makes no hash. */
function digestOf(
  { line, passwordDigest }: Candidate,
  digests: ReadonlyMap<number, TakenDigest>,
  confirm: boolean,
): ReadDigest | undefined {
  if (!passwordDigest) return undefined;
  return confirm ? digests.get(line) : readForeignDigest(passwordDigest);
}

function takenResult(candidate: Candidate, digest: ReadDigest | undefined): MoveInResult {
  const hasPhone = Boolean(candidate.draft.phone?.verifiedAt);
  if (digest && 'refused' in digest)
    return {
      ...resultOf(candidate, 'taken', [{ code: digest.refused, of: digest.format ?? '?' }]),
      hasPhone,
    };
  return { ...resultOf(candidate, 'taken', []), hasPhone, ...(digest?.format && { format: digest.format }) };
}

function leftOut(candidate: Candidate, account: 'homonym' | undefined): MoveInResult {
  if (account) return resultOf(candidate, 'refused', [{ code: 'homonym' }]);
  return resultOf(candidate, outcomeOf(candidate.reasons) === 'skipped' ? 'skipped' : 'refused', []);
}

function resultOf(
  { line, draft, reasons }: Candidate,
  outcome: MoveInOutcome,
  more: MoveInReason[],
): MoveInResult {
  return { line, username: draft.username, outcome, reasons: [...reasons, ...more] };
}
