import { Injectable, Inject } from '@nestjs/common';
import { Administering, SignInPolicy, memberOf, Presented } from '@portillon/access';
import { AccountService, AccountCountsService, StructureCount } from '@portillon/account';
import { StrongMeansPeopleService } from '@portillon/user-management';
import { Clock, HOUR, itemsOf, addMilliseconds } from '@portillon/kernel';
import { Structure, StructurePolicy, StructureService, strongMeansStage } from '@portillon/structure';
import { MEANS } from './statement.words';
import type { AdministeringMeans, StatedMeansName } from './statement.words';
import type { OpenEmergencyAccess, PeopleByMeans, StructureFacts, TableFacts } from './statement.types';
import { OPERATION_OPTIONS } from '../operation.options';
import type { OperationOptions } from '../operation.options';

/** Accepts every passkey and no authenticator app: this counts all structures, and each sets its own rules. */
const ACCEPTED = { kind: 'any', identity: 'any', totp: false } as const;

const INCLUDED_BY: Partial<Record<AdministeringMeans, AdministeringMeans>> = {
  'proven-passkey': 'passkey',
  emergency: 'password',
};

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

/** The policy of each structure and the progress of its people; the means that users sign in with, and how many identities are proven. */
@Injectable()
export class PeopleFactsService {
  constructor(
    private readonly policy: SignInPolicy,
    private readonly clock: Clock,
    private readonly people: StrongMeansPeopleService,
    private readonly identities: AccountCountsService,
    private readonly accounts: AccountService,
    private readonly structures: StructureService,
    @Inject(OPERATION_OPTIONS) private readonly options: OperationOptions,
  ) {}

  async read(
    structures: readonly StructureFacts[],
  ): Promise<Pick<TableFacts, 'people' | 'identities' | 'administering' | 'emergencyAccesses'>> {
    return {
      people: await this.#people(structures),
      identities: await this.identities.countIdentities(null),
      administering: this.#administering(),
      emergencyAccesses: await this.#emergencyAccesses(),
    };
  }

  async readStructures(): Promise<StructureFacts[]> {
    const all: Structure[] = [];
    for await (const one of itemsOf((range) => this.structures.list(range))) all.push(one);
    const counts = new Map((await this.#counts(all)).map((one) => [one.structureId, one]));
    return all.map((one) => this.#facts(one, counts.get(one.id)));
  }

  /** Leaves names out, because the statement leaves the organisation. */
  async #emergencyAccesses(): Promise<OpenEmergencyAccess[]> {
    const open: OpenEmergencyAccess[] = [];
    const page = (range: { limit: number; cursor?: string }) =>
      this.accounts.list({ ...range, only: 'EMERGENCY_ACCESS' });
    for await (const { emergency } of itemsOf(page)) if (emergency) open.push(emergency);
    return open;
  }

  /** Checks a session of each means against the administration rule. Omits a means that a laxer one includes. */
  #administering(): AdministeringMeans[] {
    const until = addMilliseconds(this.clock.now(), HOUR).toISOString();
    const sessions: Record<AdministeringMeans, Administering> = {
      'pro-sante-connect': sessionBy('pro-sante-connect'),
      cpx: sessionBy('cpx'),
      passkey: sessionBy('passkey'),
      'proven-passkey': { ...sessionBy('passkey'), proof: { identity: 'cpx' } },
      password: sessionBy('password'),
      emergency: { ...sessionBy('password'), principal: { codeLimit: { hours: null, until } } },
    };
    const all = (Object.keys(sessions) as AdministeringMeans[]).filter((one) =>
      this.policy.letsAdminister(sessions[one]),
    );
    return all.filter((one) => {
      const laxer = INCLUDED_BY[one];
      return !laxer || !all.includes(laxer);
    });
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
      // The two counts run one after the other, and accounts may be added between them.
      outsideStructures: Math.max(0, total - inStructures),
    };
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

function sessionBy(means: Administering['means']): Administering {
  return { means, principal: {}, proof: {} };
}

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
