import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, AccountService } from '@portillon/account';
import type { Decider, IncidentDecision } from './incident.types';

/** The number of required deciders, when there are as many. */
const EYES = 2;

/**
 * The deciders of an incident response: two national administrators, or fewer when there are not two. The operator names
 * them without proof. Each gets a mail, so that someone who is wrongly named can object.
 */
@Injectable()
export class IncidentDecisionService {
  constructor(
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
  ) {}

  /** By their user names; case does not matter. */
  async check(usernames: readonly string[]): Promise<IncidentDecision> {
    const national = await this.administration.nationalAdministrators();
    const deciders = new Map<string, Decider>();
    for (const username of usernames) {
      const account = await this.accounts.findByUsername(username);
      if (!account || !national.includes(account.id)) return { status: 'not-administrator', username };
      deciders.set(account.id, deciderOf(account));
    }
    const wanted = Math.min(EYES, national.length);
    if (deciders.size < wanted) return { status: 'too-few', wanted };
    return { status: 'decided', deciders: [...deciders.values()] };
  }
}

function deciderOf({ id, displayName }: Account): Decider {
  return { id, displayName };
}
