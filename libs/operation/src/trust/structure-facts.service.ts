import { Inject, Injectable } from '@nestjs/common';
import { memberOf, Presented, SignInPolicy } from '@portillon/access';
import { Structure, StructurePolicy, StructureService, strongMeansStage } from '@portillon/structure';
import { StructureCount } from '@portillon/account';
import { StrongMeansPeopleService } from '@portillon/user-management';
import { Clock, itemsOf } from '@portillon/kernel';
import { OPERATION_OPTIONS, type OperationOptions } from '../operation.options';
import type { StructureFacts } from './statement.types';
import { MEANS, type StatedMeansName } from './statement.words';

/** The size of one page of structures. */
const AT_ONCE = 100;
const NONE = { people: 0, lacking: 0 };

const PRESENTED: Partial<Record<StatedMeansName, Presented>> = {
  'pro-sante-connect': { means: 'pro-sante-connect' },
  cpx: { means: 'cpx' },
  passkey: { means: 'passkey' },
  'password+mail': { means: 'password', given: { code: 'mail' } },
  'password+sms': { means: 'password', given: { code: 'sms' } },
  'password+otp': { means: 'password', given: { code: 'otp' } },
};

/** All means except the recovery code, which no rule of a structure closes. */
export const STATED_MEANS = (Object.keys(MEANS) as StatedMeansName[]).filter((means) => PRESENTED[means]);

/** Returns whether the password and codes open, from the means that open. */
export function openness(
  opening: StatedMeansName[],
): Pick<StructureFacts, 'opening' | 'passwordOpens' | 'codesOpen'> {
  return {
    opening,
    passwordOpens: opening.some((means) => means.startsWith('password+')),
    codesOpen: opening.includes('password+mail'),
  };
}

/** The policy of each structure, and the progress of its people. */
@Injectable()
export class StructureFactsService {
  constructor(
    private readonly structures: StructureService,
    private readonly people: StrongMeansPeopleService,
    private readonly policy: SignInPolicy,
    private readonly clock: Clock,
    @Inject(OPERATION_OPTIONS) private readonly options: OperationOptions,
  ) {}

  async read(): Promise<StructureFacts[]> {
    const all: Structure[] = [];
    for await (const one of itemsOf((range) => this.structures.list(range))) all.push(one);
    const counts = new Map((await this.#counts(all)).map((one) => [one.structureId, one]));
    return all.map((one) => this.#facts(one, counts.get(one.id)));
  }

  #opens(means: StatedMeansName, policy: StructurePolicy): boolean {
    const presented = PRESENTED[means];
    const isOpen = presented !== undefined && this.policy.judge(memberOf(policy), presented).opens;
    return isOpen && !(means === 'password+sms' && policy.smsForbidden);
  }

  async #counts(structures: readonly Structure[]): Promise<StructureCount[]> {
    const counts: StructureCount[] = [];
    for (let start = 0; start < structures.length; start += AT_ONCE)
      counts.push(...(await this.people.countAll(structures.slice(start, start + AT_ONCE))));
    return counts;
  }

  #facts(
    { name, policy }: Structure,
    { people, lacking }: Pick<StructureCount, 'people' | 'lacking'> = NONE,
  ) {
    const { strongMeansFrom, proSanteConnectFrom } = policy;
    const own = policy.sharedWorkstations ? 0 : (policy.codeWindowHours ?? this.options.codeWindowHours);
    return {
      name,
      stage: strongMeansStage(policy, this.clock.now()),
      ...{ strongMeansFrom, proSanteConnectFrom },
      ...openness(STATED_MEANS.filter((means) => this.#opens(means, policy))),
      codeWindowHours: Math.min(own, this.options.codeWindowHours),
      ...{ people, lacking },
    };
  }
}
