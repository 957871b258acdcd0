import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AuditEvent, AuditSealService, AuditService } from '@portillon/audit';
import type {} from '@portillon/auth';
import { DAY, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { DemoClock } from './demo-clock';
import { DEMO_PEOPLE } from './demo-people.service';

interface Visit {
  account: Account;
  at: Date;
  /** From 0 to 99, always the same for this visit: selects its events. */
  draw: number;
  /** The progress of the history, from 0 to 1. */
  progress: number;
}

type Step = Pick<AuditEvent, 'name' | 'outcome' | 'reason' | 'means' | 'channel' | 'data'> & {
  after: number;
};

const VISITS_A_DAY = 4;
const OPENING_MS = 6.5 * 60 * MINUTE;
const BETWEEN_MS = 170 * MINUTE;
const DEVICE = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';

/** Creates the past sign-ins of the demo accounts, as journal entries that are chained and counted. */
@Injectable()
export class DemoHistoryService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly audit: AuditService,
    private readonly seals: AuditSealService,
  ) {}

  /**
   * Creates the sign-ins of the `days` before `today`: over time, strong means replace codes. Does nothing when the journal
   * has entries. `clock`: the application's own.
   */
  async seed(clock: DemoClock, today: Date, days: number): Promise<void> {
    const { items } = await this.audit.search({}, { limit: 1 });
    if (items.length > 0) return;
    const found = await Promise.all(
      DEMO_PEOPLE.map(({ username }) => this.accounts.findByUsername(username)),
    );
    const accounts = found.filter((account) => account !== undefined);
    for (let day = 0; day < days; day++) {
      const midnight = new Date(addMilliseconds(today, (day - days) * DAY).setUTCHours(0, 0, 0, 0));
      const visits = visitsOn(midnight, day, days, accounts);
      await this.transactions.run(async (tx) => {
        for (const visit of visits) await this.#sign(visit, clock, tx);
      });
      await this.seals.seal();
    }
  }

  async #sign({ account, at, ...how }: Visit, clock: DemoClock, tx: EntityManager): Promise<void> {
    const where = { address: `192.0.2.${10 + (how.draw % 20)}`, device: DEVICE };
    const whose = { accountId: account.id, structureId: account.structure?.id ?? null };
    for (const { after, ...event } of stepsOf(how, account.phone !== null)) {
      clock.moveTo(addMilliseconds(at, after * SECOND));
      await this.audit.record({ ...event, ...whose, ...where } as AuditEvent, tx);
      if (event.name === 'authn_login_success') await this.accounts.recordSignIn(account.id, clock.now(), tx);
    }
  }
}

/** Ordered by time of day. On Saturdays and Sundays, only the first account of the list signs in. */
function visitsOn(midnight: Date, day: number, days: number, accounts: Account[]): Visit[] {
  const weekend = [0, 6].includes(midnight.getUTCDay());
  const present = weekend ? accounts.slice(0, 1) : accounts;
  const visits = present.flatMap((account, person) =>
    Array.from({ length: VISITS_A_DAY }, (_, turn): Visit => {
      const draw = (day * 37 + person * 29 + turn * 53) % 100;
      const at = addMilliseconds(
        midnight,
        OPENING_MS + turn * BETWEEN_MS + person * 7 * MINUTE + draw * MINUTE,
      );
      return { account, at, draw, progress: day / days };
    }),
  );
  return visits.sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** Of a hundred visits, 12 begin with a failure. Of the others, more and more use a strong means. */
function stepsOf({ draw, progress }: Pick<Visit, 'draw' | 'progress'>, hasPhone: boolean): Step[] {
  const channel = hasPhone ? 'SMS' : 'EMAIL';
  const age = 12 + ((draw * 7) % 80);
  if (draw < 5) return [refused(), ...byCode(channel, age)];
  if (draw < 9) return [sent(channel), codeFailed(channel, 'rejected', age), used(channel, age + 20)];
  if (draw < 11) return [sent(channel), codeFailed(channel, 'expired', 640), ...byCode(channel, age, 660)];
  if (draw < 12) return [refused(), refused(8), refused(19)];
  if (draw < 20 + 45 * progress) return [strong(draw % 3)];
  return draw < 70 ? [signedIn('password')] : byCode(channel, age);
}

const byCode = (channel: string, age: number, after = 0) => [sent(channel, after), used(channel, age, after)];
const strong = (which: number) => signedIn((['pro-sante-connect', 'passkey', 'cpx'] as const)[which]!);

function sent(channel: string, after = 0): Step {
  return { name: 'authn_code_sent', outcome: 'SUCCESS', channel, data: { purpose: 'sign-in' }, after };
}
function used(channel: string, age: number, after = 0): Step {
  return { ...signedIn('password'), channel, data: { codeAgeSeconds: age }, after: after + age };
}
function signedIn(means: string): Step {
  return { name: 'authn_login_success', outcome: 'SUCCESS', means, after: 0 };
}
function refused(after = 0): Step {
  return { name: 'authn_login_fail', outcome: 'FAILURE', means: 'password', reason: 'wrong-password', after };
}
function codeFailed(channel: string, reason: 'rejected' | 'expired', after: number): Step {
  return { name: 'authn_code_fail', outcome: 'FAILURE', channel, reason, after };
}
