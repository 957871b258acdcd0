import { Injectable } from '@nestjs/common';
import { CardlessAccountService, CardlessPerson } from '@portillon/account';
import { AcceptedMeans, AuthenticatorService } from '@portillon/authenticator';

/** Some of many people, by name. */
export interface PeopleCount {
  count: number;
  /** The first of them. */
  items: CardlessPerson[];
}

/** Who is in the way of strong means. */
export interface StrongMeansPeople {
  /** How many are active. */
  people: number;
  /** Whom neither card nor e-CPS lets in. */
  withoutCard: PeopleCount;
  /** Nor a passkey or an app that counts: whom password and code alone let in. */
  withoutStrongMeans: PeopleCount & { sms: number };
}

/** An administrator reads no more names on a page; the list of accounts has them all. */
const MOST_NAMES = 100;

/** Who could not enter without password and code. */
@Injectable()
export class StrongMeansPeopleService {
  constructor(
    private readonly cardless: CardlessAccountService,
    private readonly authenticators: AuthenticatorService,
  ) {}

  /** Of one structure, or of all where it is null. */
  async of(structureId: string | null, accepted: AcceptedMeans): Promise<StrongMeansPeople> {
    const withoutCard: PeopleCount = { count: 0, items: [] };
    const withoutStrongMeans = { count: 0, items: [] as CardlessPerson[], sms: 0 };
    for await (const batch of this.cardless.batches(structureId)) {
      const ids = batch.map(({ id }) => id);
      const holders = await this.authenticators.holders(ids, accepted);
      const without = batch.filter(({ id }) => !holders.has(id));
      add(withoutCard, batch);
      add(withoutStrongMeans, without);
      withoutStrongMeans.sms += without.filter(({ channel }) => channel === 'SMS').length;
    }
    return { people: await this.cardless.countActive(structureId), withoutCard, withoutStrongMeans };
  }
}

function add(sum: PeopleCount, people: readonly CardlessPerson[]): void {
  sum.count += people.length;
  sum.items.push(...people.slice(0, MOST_NAMES - sum.items.length));
}
