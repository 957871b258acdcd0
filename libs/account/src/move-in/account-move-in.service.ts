import { Injectable } from '@nestjs/common';
import { Channel, Clock, nameKey, Random } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { requireValidDraft, structureRoles } from '../account/account-fields.policy';
import { newRow } from '../account/account.columns';
import type { AccountEntity } from '../account/account.entity';
import { AccountRepository } from '../account/account.repository';
import type { AccountDraft, Phone } from '../account/account.types';
import { MembershipService } from '../membership/membership.service';
import type { NewMembership } from '../membership/membership.types';
import { PhoneSealService } from '../phones/phone-seal.service';
import { AccountSearchService } from '../search/account-search.service';

/** A place of a person who moves in, beside the structure that manages the account. */
export type MovedPlace = Pick<NewMembership, 'structureId' | 'roles' | 'function'>;

/** A new account, with what its holder proved or chose in another product. */
export interface MovedAccount extends AccountDraft {
  /** Whether the first right password replaces the digest, which ends at a date otherwise. */
  isReplaced: boolean;
  phone: Phone | null;
  codeChannel: Channel;
  lastSignedInAt: Date | null;
  places: readonly MovedPlace[];
}

/** An account that a line of a file may be about. */
export type KnownAccount = Pick<AccountEntity, 'id' | 'usernameKey' | 'emailKey' | 'nationalId' | 'status'>;

/** Rows of one statement: the embedded engine takes 32,766 values. */
const ROWS = 100;

/** Creates many accounts at once, with their passwords and numbers of another product. */
@Injectable()
export class AccountMoveInService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly memberships: MembershipService,
    private readonly search: AccountSearchService,
    private readonly phones: PhoneSealService,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Accounts with one of these user names or national ids. At most 500 of each. */
  findKnown(
    usernames: readonly string[],
    nationalIds: readonly string[],
    tx: EntityManager,
  ): Promise<KnownAccount[]> {
    return this.rows.findByKeys(usernames.map(nameKey), nationalIds, tx);
  }

  /**
   * Creates these accounts, or none. Sends nothing.
   *
   * @throws AppError `validation.failed` for an invalid field; the unique violation of the database when another caller
   * created one of them
   */
  async create(people: readonly MovedAccount[], tx: EntityManager): Promise<void> {
    for (let from = 0; from < people.length; from += ROWS)
      await this.#insert(people.slice(from, from + ROWS), tx);
  }

  async #insert(people: readonly MovedAccount[], tx: EntityManager): Promise<void> {
    people.forEach(requireValidDraft);
    const rows = people.map((one) => this.#row(one));
    await this.rows.insertAll(rows, tx);
    await this.memberships.addAll(
      people.flatMap((one, index) => placesOf(one, rows[index]!.id)),
      tx,
    );
    await this.search.addAll(rows, tx);
  }

  #row(person: MovedAccount): AccountEntity {
    const id = this.random.id();
    const now = this.clock.now();
    const { phone, codeChannel, lastSignedInAt, isReplaced } = person;
    return {
      ...newRow(id, person, now),
      phoneSealed: phone && this.phones.seal(id, phone.number),
      phoneVerifiedAt: phone && phone.verifiedAt,
      codeChannel,
      lastSignedInAt,
      passwordMovedAt: isReplaced ? now : null,
    };
  }
}

function placesOf({ structureId, roles = [], places }: MovedAccount, accountId: string): NewMembership[] {
  const managing = structureId ? [{ structureId, roles: structureRoles(roles) }] : [];
  return [...managing, ...places].map((place) => ({ ...place, accountId, source: 'import' }));
}
