import { Inject, Injectable } from '@nestjs/common';
import { Finding, FindingOf, FindingSource, NOT_SET } from '@portillon/kernel';
import { CardVerifierService, ListState } from './card-verifier.service';
import { CPX_OPTIONS, type CpxOptions } from './cpx.options';

declare module '@portillon/kernel' {
  interface FindingValues {
    /** The revocation lists, one of each authority; none where they are not used. */
    cards: { lists: ListState[] };
  }
}

/** Whether cards can be read: a list that is missing or stale refuses every card of its authority. */
@Injectable()
export class CardFindings implements FindingSource {
  readonly subject = 'cards';

  constructor(
    private readonly verifier: CardVerifierService,
    @Inject(CPX_OPTIONS) private readonly options: CpxOptions,
  ) {}

  /** The worst state of the lists. */
  async find(): Promise<FindingOf<'cards'>> {
    const lists = this.options.enabled ? await this.verifier.listStates() : [];
    const all = this.#findings(lists);
    return { ...(all.find(({ state }) => state === 'failing') ?? all[0]!), values: { lists } };
  }

  async check(): Promise<Finding[]> {
    return this.#findings((await this.find()).values.lists);
  }

  #findings(lists: readonly ListState[]): Finding[] {
    if (!this.options.enabled) return [NOT_SET];
    if (lists.length === 0)
      return [{ state: 'well', text: 'set; whether one was revoked is asked of CPX_OCSP_URL' }];
    return lists.map(findingOf);
  }
}

function findingOf({ authority, goodUntil }: ListState): Finding {
  if (goodUntil)
    return { state: 'well', text: `${authority}: its list is good until ${goodUntil.toISOString()}` };
  const text = `${authority}: no current list, its cards are refused`;
  return { state: 'failing', text, advice: 'fetch CPX_CRL_FILES anew' };
}
