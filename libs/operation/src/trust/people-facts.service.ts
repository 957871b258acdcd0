import { Injectable } from '@nestjs/common';
import { Administering, SignInPolicy } from '@portillon/access';
import { AccountService, AccountCountsService } from '@portillon/account';
import { StrongMeansPeopleService } from '@portillon/user-management';
import { Clock, HOUR, itemsOf, addMilliseconds } from '@portillon/kernel';
import type { AdministeringMeans } from './statement.words';
import type { OpenEmergencyAccess, PeopleByMeans, StructureFacts, TableFacts } from './statement.types';

/** Accepts every passkey and no authenticator app: this counts all structures, and each sets its own rules. */
const ACCEPTED = { kind: 'any', identity: 'any', totp: false } as const;

const INCLUDED_BY: Partial<Record<AdministeringMeans, AdministeringMeans>> = {
  'proven-passkey': 'passkey',
  emergency: 'password',
};

/** The means that users sign in with, and how many identities are proven. */
@Injectable()
export class PeopleFactsService {
  constructor(
    private readonly policy: SignInPolicy,
    private readonly clock: Clock,
    private readonly people: StrongMeansPeopleService,
    private readonly identities: AccountCountsService,
    private readonly accounts: AccountService,
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
}

function sessionBy(means: Administering['means']): Administering {
  return { means, principal: {}, proof: {} };
}
