import { Injectable, Logger } from '@nestjs/common';
import {
  AccountService,
  DirectoryChangeService,
  DirectoryPassService,
  IdentityService,
} from '@portillon/account';
import type {
  Account,
  DirectoryChange,
  DirectoryChangeKind,
  DirectoryPass,
  ProposedDirectoryChange,
} from '@portillon/account';
import { addMilliseconds, Clock, itemsOf } from '@portillon/kernel';
import { StructureService } from '@portillon/structure';
import type { FhirResource, Practitioner, PractitionerRole } from 'fhir/r4';
import {
  ENTRY_CHANGES,
  entriesOf,
  entryChanges,
  FINESS_SYSTEM,
  identifierOf,
  isActive,
  isClosed,
  isOrganization,
  leftPlaces,
} from './directory-change.policy';
import type { DirectoryRoles, FollowedPerson } from './directory-change.policy';
import { DirectoryClientService, DirectoryPause } from './directory-client.service';

/** People or structures of one search. */
const CHUNK = 10;
/** Failures in a row after which a chunk is passed over, so that it does not stop those after it. */
const MOST_FAILURES = 3;
const INCLUDED = ['PractitionerRole:practitioner', 'PractitionerRole:organization'];
/** National ids of the RPPS and of ADELI; the directory lists no others. */
const LISTED_ID = /^(8\d{11}|0[0-9A-Z]{9})$/;

type Parameter = [name: string, value: string];

/**
 * Reads the Annuaire Santé about the people and structures of this service, and proposes what it shows otherwise. One
 * pass a night; each chunk is committed, so that a pass goes on after a crash.
 */
@Injectable()
export class DirectoryFeedService {
  readonly #logger = new Logger(DirectoryFeedService.name);

  constructor(
    private readonly passes: DirectoryPassService,
    private readonly client: DirectoryClientService,
    private readonly identities: IdentityService,
    private readonly accounts: AccountService,
    private readonly structures: StructureService,
    private readonly changes: DirectoryChangeService,
    private readonly clock: Clock,
  ) {}

  /** Reads a pass to its end, or until `mayGoOn` is false, or the directory asks for patience. */
  async read(mayGoOn: () => boolean): Promise<void> {
    let pass = await this.passes.claim();
    while (pass && mayGoOn()) pass = await this.#readChunk(pass);
    if (pass) await this.passes.release(pass);
  }

  /** Returns the pass after this chunk; undefined: it ended, or another instance has it. */
  async #readChunk(pass: DirectoryPass): Promise<DirectoryPass | undefined> {
    const { stage } = pass;
    try {
      const lastId = stage === 'people' ? await this.#readPeople(pass) : await this.#readStructures(pass);
      if (lastId !== undefined) return await this.passes.advance(pass, { stage, afterId: lastId });
    } catch (error) {
      if (!(error instanceof DirectoryPause)) throw error;
      this.#logger.warn(`reading of the Annuaire Santé put off: ${error.message}`);
      const until = addMilliseconds(this.clock.now(), error.milliseconds);
      await this.passes.pause(pass, until, error.isOfSearch);
      return undefined;
    }
    if (stage === 'people') return this.passes.advance(pass, { stage: 'structures', afterId: '' });
    await this.#withdrawObsolete();
    await this.passes.finish(pass);
    return undefined;
  }

  async #readPeople(pass: DirectoryPass): Promise<string | undefined> {
    const ids = await this.identities.findIdsWithNationalId(pass.afterId, CHUNK);
    const accounts = [...(await this.accounts.getAll(ids)).values()];
    const since = changedSince(
      pass,
      accounts.map(({ changedAt }) => changedAt),
    );
    const people = accounts.map(followed).filter(({ nationalId }) => LISTED_ID.test(nationalId));
    await this.#followOrSplit(pass, people, (some) => this.#followPeople(some, since));
    return ids.at(-1);
  }

  async #readStructures(pass: DirectoryPass): Promise<string | undefined> {
    const structures = await this.structures.findWithFiness(pass.afterId, CHUNK);
    const since = changedSince(
      pass,
      structures.map(({ createdAt }) => createdAt),
    );
    const followed = structures.map(({ id, finess }) => ({ id, finess: finess! }));
    await this.#followOrSplit(pass, followed, (some) => this.#followStructures(some, since));
    return structures.at(-1)?.id;
  }

  /** A search that cannot be read to its end is split into one for each. */
  async #followOrSplit<Item extends { id: string }>(
    { failures }: DirectoryPass,
    items: readonly Item[],
    follow: (items: readonly Item[]) => Promise<boolean>,
  ): Promise<void> {
    if (items.length === 0) return;
    if (failures >= MOST_FAILURES)
      return this.#logger.warn(
        `the Annuaire Santé does not answer about ${items.map(({ id }) => id).join(', ')}`,
      );
    if (await follow(items)) return;
    for (const item of items)
      if (items.length === 1 || !(await follow([item])))
        this.#logger.warn(`the Annuaire Santé does not answer in full about ${item.id}`);
  }

  /** Returns false when an answer cannot be read to its end. */
  async #followPeople(people: readonly FollowedPerson[], since: Date | null): Promise<boolean> {
    const identifiers = people.map(({ nationalId }) => identifierOf(nationalId)).join(',');
    const entries = await this.#readChanged('Practitioner', [['identifier', identifiers]], since);
    const asked: Parameter[] = [
      ['practitioner.identifier', identifiers],
      ...INCLUDED.map((one): Parameter => ['_include', one]),
    ];
    const roles = entries && (await this.#readChanged('PractitionerRole', asked, since));
    if (!entries || !roles) return false;
    for (const person of people) {
      const own = entriesOf(person, entries.filter(isPractitioner));
      if (own.length > 0)
        await this.#propose({ accountId: person.id }, ENTRY_CHANGES, entryChanges(person, own));
      if (own.length > 0 && !own.some(isActive)) continue;
      const left = leftPlaces(person, rolesAmong(roles), this.clock.now());
      if (roles.length > 0) await this.#propose({ accountId: person.id }, ['left'], left);
    }
    return true;
  }

  async #followStructures(
    structures: readonly { id: string; finess: string }[],
    since: Date | null,
  ): Promise<boolean> {
    const identifiers = structures.map(({ finess }) => `${FINESS_SYSTEM}|${finess}`).join(',');
    const found = await this.#readChanged('Organization', [['identifier', identifiers]], since);
    if (!found) return false;
    for (const { id: structureId, finess } of structures) {
      const closed = isClosed(finess, found.filter(isOrganization));
      if (closed === undefined) continue;
      const change = { kind: 'closed-structure', accountId: null, structureId, details: { finess } } as const;
      await this.#propose({ structureId }, ['closed-structure'], closed ? [change] : []);
    }
    return true;
  }

  /**
   * Returns all entries of a search if one of them changed since, else none: an old entry that is marked closed says nothing
   * without the others.
   */
  async #readChanged(
    type: string,
    parameters: Parameter[],
    since: Date | null,
  ): Promise<FhirResource[] | undefined> {
    if (since) {
      const changed = await this.client.search(type, [
        ...parameters,
        ['_lastUpdated', `gt${since.toISOString()}`],
      ]);
      if (changed?.length === 0) return [];
    }
    return this.client.search(type, parameters);
  }

  async #propose(
    subject: { accountId: string } | { structureId: string },
    kinds: readonly DirectoryChangeKind[],
    shown: readonly ProposedDirectoryChange[],
  ): Promise<void> {
    await this.changes.withdrawOthers(subject, kinds, shown);
    for (const change of shown) await this.changes.propose(change);
  }

  /** Of people who were closed here meanwhile, or who have left the structure that would decide. */
  async #withdrawObsolete(): Promise<void> {
    for await (const change of itemsOf((page) => this.changes.listOpen(null, page))) {
      const account = change.account && (await this.accounts.get(change.account.id));
      if (change.account && !isStillOf(change, account)) await this.changes.withdraw([change.id]);
    }
  }
}

/** Everything is read about those that changed here since. */
function changedSince({ since }: DirectoryPass, changed: readonly Date[]): Date | null {
  return since && changed.every((time) => time < since) ? since : null;
}

function followed({
  id,
  nationalId,
  givenName,
  familyName,
  structure,
  memberships,
}: Account): FollowedPerson {
  const places = memberships.map(({ structure: place }) => ({ structureId: place.id, finess: place.finess }));
  return {
    id,
    nationalId: nationalId ?? '',
    givenName,
    familyName,
    managedBy: structure?.id ?? null,
    places,
  };
}

function isStillOf({ structure }: DirectoryChange, account: Account | null | undefined): boolean {
  if (!account || account.status === 'DEACTIVATED') return false;
  return account.memberships.some((one) => one.structure.id === structure.id);
}

function rolesAmong(resources: readonly FhirResource[]): DirectoryRoles {
  return {
    practitioners: resources.filter(isPractitioner),
    roles: resources.filter((one): one is PractitionerRole => one.resourceType === 'PractitionerRole'),
    organizations: resources.filter(isOrganization),
  };
}

function isPractitioner(resource: FhirResource): resource is Practitioner {
  return resource.resourceType === 'Practitioner';
}
