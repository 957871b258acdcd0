import { Injectable } from '@nestjs/common';
import { IdentityCountService } from '@portillon/account';
import { StrongMeansPeopleService } from '@portillon/administration';
import type { PeopleByMeans, StructureFacts, TableFacts } from './statement.types';

/** Every passkey, and no app, where all structures are counted together: what one accepts is its own. */
const ACCEPTED = { kind: 'any', identity: 'any', totp: false } as const;

/** Who signs in by what, and of whom the identity is proven. */
@Injectable()
export class PeopleFactsService {
  constructor(
    private readonly people: StrongMeansPeopleService,
    private readonly identities: IdentityCountService,
  ) {}

  async read(structures: readonly StructureFacts[]): Promise<Pick<TableFacts, 'people' | 'identities'>> {
    return { people: await this.#people(structures), identities: await this.identities.count(null) };
  }

  async #people(structures: readonly StructureFacts[]): Promise<PeopleByMeans> {
    const {
      people: total,
      withoutCard,
      withoutStrongMeans: without,
      sms,
    } = await this.people.count(null, ACCEPTED);
    const inStructures = structures.reduce((sum, one) => sum + one.people, 0);
    return {
      total,
      card: total - withoutCard,
      passkey: withoutCard - without,
      sms,
      mail: without - sms,
      // Of two counts, one after the other, while people come.
      outsideStructures: Math.max(0, total - inStructures),
    };
  }
}
