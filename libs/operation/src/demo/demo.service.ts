import { Clock, DAY, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { Injectable } from '@nestjs/common';
import {
  AccountDraft,
  AccountPhoneService,
  AccountService,
  Account,
  MembershipService,
} from '@portillon/account';
import { StructureDraft, StructureService } from '@portillon/structure';
import { PasswordHashingService } from '@portillon/credential';
import { Transactions } from '@portillon/persistence';
import { ApplicationDraft, ApplicationSecretService, ApplicationService } from '@portillon/application';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuditEvent, AuditSealService, AuditService } from '@portillon/audit';
import type {} from '@portillon/auth';
import type { EntityManager } from 'typeorm';

/** Not a secret: the demo holds no real data, and production refuses the demo. */
export const DEMO_PASSWORD = 'Orientation-Demo-2026';

interface DemoAccount extends Pick<AccountDraft, 'username' | 'displayName' | 'email' | 'nationalId'> {
  /** The name of the structure that manages the account. */
  structure: string | null;
  roles: string[];
  /** A second structure where the person works, with the same roles. */
  alsoIn?: { structure: string; function: string };
  /** A verified mobile number, E.164. It is in the range reserved for fiction, which no user may type and no phone has. */
  phone?: string;
}

const HOSPITAL = 'Hôpital des Trois Dames';
const CENTRE = 'Centre de santé du Port';
const GROUPING = 'GHT du Littoral';
/** FINESS numbers of a department that does not exist. */
const STRUCTURES: readonly (StructureDraft & { parent?: string })[] = [
  { name: GROUPING, kind: 'grouping' },
  { name: HOSPITAL, finess: '990000010', parent: GROUPING },
  { name: 'Clinique de la Baie', finess: '990000044', parent: GROUPING },
  { name: 'EHPAD Les Tilleuls', finess: '990000051', parent: GROUPING },
  { name: CENTRE, finess: '990000028' },
];

export const DEMO_PEOPLE: readonly DemoAccount[] = [
  {
    username: 'claire.martin',
    displayName: 'Claire Martin',
    email: 'claire.martin@hopital.example',
    nationalId: '899700366240',
    structure: HOSPITAL,
    roles: ['professional'],
    alsoIn: { structure: CENTRE, function: 'Médecin vacataire' },
  },
  {
    username: 'nadia.benali',
    displayName: 'Nadia Benali',
    email: 'nadia.benali@hopital.example',
    structure: HOSPITAL,
    roles: ['structure-admin'],
    alsoIn: { structure: GROUPING, function: 'Référente du groupement' },
  },
  {
    username: 'paul.durand',
    displayName: 'Paul Durand',
    email: 'paul.durand@centre.example',
    nationalId: '810002673894',
    structure: CENTRE,
    roles: ['professional'],
    phone: '+33639981242',
  },
  {
    username: 'support.national',
    displayName: 'Support national',
    email: 'support.national@portillon.example',
    structure: null,
    roles: ['national-admin'],
  },
];

/** The configuration that the application reads to sign users in: `data/orientation.json`. */
interface Registration {
  clientId: string;
  clientSecret: string;
}

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

const byCode = (channel: string, age: number, after = 0) => [sent(channel, after), used(channel, age, after)];
const strong = (which: number) => signedIn((['pro-sante-connect', 'passkey', 'cpx'] as const)[which]!);

/** The first data of the demo: accounts whose password and mailboxes are public, the application behind the gate, past sign-ins. */
@Injectable()
export class DemoService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly phones: AccountPhoneService,
    private readonly memberships: MembershipService,
    private readonly structures: StructureService,
    private readonly passwords: PasswordHashingService,
    private readonly applications: ApplicationService,
    private readonly secrets: ApplicationSecretService,
    private readonly audit: AuditService,
    private readonly seals: AuditSealService,
  ) {}

  /** Creates the structures and the accounts that do not exist yet. */
  async seedAccounts(): Promise<void> {
    for (const { name } of STRUCTURES) await this.#structureNamed(name);
    for (const person of DEMO_PEOPLE) {
      if (!(await this.accounts.findByUsername(person.username))) await this.#createAccount(person);
    }
  }

  /** Returns the user names of the accounts that anyone could sign in to, by a public password or mailbox. */
  async activeAccounts(): Promise<string[]> {
    const active: string[] = [];
    for (const { username, email } of DEMO_PEOPLE) {
      const account = await this.accounts.findByUsername(username);
      if (!account || account.status === 'DEACTIVATED') continue;
      if (account.email === email || (await this.passwords.verify(account.passwordDigest, DEMO_PASSWORD)))
        active.push(username);
    }
    return active;
  }

  /** Registers the application at `url`, once. Updates the address when its port has changed. */
  async seedApplication(url: string, dataFolder: string): Promise<void> {
    const file = join(dataFolder, 'orientation.json');
    const draft = draftOf(url);
    const clientId = registrationIn(file)?.clientId;
    const known = clientId && (await this.applications.get(clientId));
    if (!known)
      return writeFileSync(file, JSON.stringify(await this.#registerApplication(draft)), { mode: 0o600 });
    if (known.homeUri === draft.homeUri) return;
    const { kind: _, ...settings } = draft;
    await this.transactions.run((tx) => this.applications.edit(known.id, settings, known.version, tx));
  }

  /**
   * Creates the sign-ins of the `days` before `today`: over time, strong means replace codes. Does nothing when the journal
   * has entries. `clock`: the application's own.
   */
  async seedHistory(clock: DemoClock, today: Date, days: number): Promise<void> {
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

  async #createAccount({ structure, alsoIn, phone, ...draft }: DemoAccount): Promise<void> {
    const passwordDigest = await this.passwords.hash(DEMO_PASSWORD);
    const structureId = structure && (await this.#structureNamed(structure));
    const other = alsoIn && (await this.#structureNamed(alsoIn.structure));
    await this.transactions.run(async (tx) => {
      const made = { ...draft, structureId, status: 'ACTIVE', passwordDigest } as const;
      const created = await this.accounts.create(made, tx);
      if (created.status !== 'created') return;
      const { id: accountId, roles } = created.account;
      if (phone) {
        await this.phones.set(accountId, phone, tx);
        await this.phones.markVerified(accountId, phone, tx);
      }
      if (!other) return;
      const place = { accountId, structureId: other, roles, function: alsoIn.function } as const;
      await this.memberships.open({ ...place, source: 'console' }, tx);
    });
  }

  /** Returns its id, and registers it when it is not there yet. */
  async #structureNamed(name: string): Promise<string> {
    const found = await this.structures.findByName(name);
    if (found) return found.id;
    const { parent, ...draft } = STRUCTURES.find((one) => one.name === name)!;
    const parentId = parent && (await this.#structureNamed(parent));
    const created = await this.transactions.run((tx) => this.structures.create({ ...draft, parentId }, tx));
    if (created.status === 'created') return created.structure.id;
    throw new Error(`The structure ${name} can be neither found nor made`);
  }

  #registerApplication(draft: ApplicationDraft): Promise<Registration> {
    return this.transactions.run(async (tx) => {
      const { id } = await this.applications.create(draft, tx);
      const issued = await this.secrets.issue(id, null, tx);
      if (issued.status !== 'issued') throw new Error('A new application has no secret yet');
      return { clientId: id, clientSecret: issued.value };
    });
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

/** A clock that is set by hand, for the history that the demo creates before it starts. */
export class DemoClock extends Clock {
  #now = new Date(0);

  override now(): Date {
    return this.#now;
  }

  moveTo(time: Date): void {
    this.#now = time;
  }
}

function draftOf(url: string): ApplicationDraft {
  return {
    name: 'Orientation',
    kind: 'web',
    redirectUris: [`${url}/retour`],
    postLogoutRedirectUris: [`${url}/`],
    initiateLoginUri: `${url}/connexion`,
    backchannelLogoutUri: `${url}/deconnexion-par-la-passerelle`,
    homeUri: `${url}/connexion`,
    scopes: ['openid', 'profile', 'groups', 'structure', 'pro_sante'],
    claimGroups: true,
    confirmIdentity: true,
    trusted: true,
  };
}

function registrationIn(file: string): Registration | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Registration;
  } catch {
    return undefined;
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
