import { isAmong } from '@portillon/kernel';
import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { StructureService } from '@portillon/structure';
import { AuditEntry, AuditService } from '@portillon/audit';
import { CSV_BEGINNING, csvLine } from '@portillon/http';

/** Sign-ins of a span of time. */
interface ConcernedRequest {
  from: Date;
  /** Before then. */
  to: Date;
  /** An address, or a CIDR block. Default: any. */
  address?: string;
}

/** A user who signed in, or failed to. */
export interface ConcernedPerson {
  id: string;
  /** Null once the account is erased. */
  username: string | null;
  displayName: string | null;
  structure: string | null;
  signIns: number;
  failures: number;
  firstAt: Date;
  lastAt: Date;
  /** The latest ones, at most {@link MOST_ADDRESSES}. */
  addresses: string[];
}

const MOST_ADDRESSES = 10;

/** Actions of users on their own means, and refused sign-ins. */
const NAMES = [
  'authn_login_success',
  'authn_login_fail',
  'authn_login_fail_max',
  'authn_login_lock',
  'authn_code_fail',
  'authn_code_lock',
  'authn_passkey_fail',
  'authn_step_up',
];
/** The number of accounts that are read together. */
const NAMED_AT_ONCE = 500;

type Traces = Omit<ConcernedPerson, 'username' | 'displayName' | 'structure'>;

/**
 * Finds the accounts that an incident affects. Reads the journal some hundred entries at a time, and keeps a few facts of
 * each account.
 */
@Injectable()
export class AffectedAccountsService {
  constructor(
    private readonly audit: AuditService,
    private readonly directory: AccountService,
    private readonly structures: StructureService,
  ) {}

  /**
   * Who signed in or failed to, the latest first, and how many failures were under names that no account bears. That it was read is in the journal
   * before.
   */
  async list({ from, to, address }: ConcernedRequest): Promise<{
    people: ConcernedPerson[];
    unknownNames: number;
  }> {
    const data = {
      what: 'events',
      by: 'command-line',
      from,
      to,
      names: NAMES,
      addressBlock: address,
    } as const;
    await this.audit.record({ name: 'sensitive_read', outcome: 'SUCCESS', data });
    const traces = new Map<string, Traces>();
    let unknownNames = 0;
    for await (const page of this.audit.all({ names: NAMES, from, to }))
      for (const line of page) {
        if (address !== undefined && !isAmong(line.address ?? undefined, [address])) continue;
        if (line.accountId) traces.set(line.accountId, withLine(traces.get(line.accountId), line));
        else unknownNames += 1;
      }
    return { people: await this.#named([...traces.values()]), unknownNames };
  }

  async #named(all: Traces[]): Promise<ConcernedPerson[]> {
    const named: ConcernedPerson[] = [];
    for (let first = 0; first < all.length; first += NAMED_AT_ONCE)
      named.push(...(await this.#namedAtOnce(all.slice(first, first + NAMED_AT_ONCE))));
    return named;
  }

  async #namedAtOnce(some: Traces[]): Promise<ConcernedPerson[]> {
    const people = await this.directory.findNames(some.map(({ id }) => id));
    const ids = [...people.values()].flatMap(({ structureId }) => structureId ?? []);
    const structures = await this.structures.names(ids);
    return some.map((one) => {
      const { username = null, displayName = null, structureId = null } = people.get(one.id) ?? {};
      const structure = structures.get(structureId ?? '')?.name ?? null;
      return { ...one, username, displayName, structure };
    });
  }
}

/** Lines come the newest first. */
function withLine(known: Traces | undefined, { accountId, at, outcome, address, name }: AuditEntry): Traces {
  const before = known ?? {
    id: accountId!,
    signIns: 0,
    failures: 0,
    firstAt: at,
    lastAt: at,
    addresses: [],
  };
  const addresses = address === null ? before.addresses : [...new Set([...before.addresses, address])];
  return {
    ...before,
    signIns: before.signIns + (name === 'authn_login_success' ? 1 : 0),
    failures: before.failures + (outcome === 'FAILURE' ? 1 : 0),
    firstAt: at,
    addresses: addresses.slice(0, MOST_ADDRESSES),
  };
}

/** As a table for a spreadsheet. */
export function concernedCsv(people: readonly ConcernedPerson[]): string {
  const titles = ['account', 'username', 'name', 'structure', 'sign_ins', 'failures', 'first', 'last'];
  const lines = people.map((one) => [
    one.id,
    one.username,
    one.displayName,
    one.structure,
    one.signIns,
    one.failures,
    one.firstAt.toISOString(),
    one.lastAt.toISOString(),
    one.addresses.join(' '),
  ]);
  return CSV_BEGINNING + [[...titles, 'addresses'], ...lines].map(csvLine).join('');
}
