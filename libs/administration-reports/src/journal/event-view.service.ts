import { Injectable } from '@nestjs/common';
import { AccountService, PersonName } from '@portillon/account';
import { StructureName, StructureService } from '@portillon/structure';
import { ApplicationEntity, ApplicationService } from '@portillon/application';
import type { AuditEntry } from '@portillon/audit';
import { isWithinReach, Scope } from '@portillon/user-management';
import type { AdminEvent, AdminEventApplication, AdminEventPerson } from './event.dto';

interface Names {
  people: Map<string, PersonName>;
  structures: Map<string, StructureName>;
  applications: Map<string, ApplicationEntity>;
}

/** The person visited the application, so that its name was on their page. */
const VISITS = ['application_entered', 'application_refused', 'application_left'];

/** Lines of the journal with today's names beside their ids: the journal itself holds no name. */
@Injectable()
export class EventViewService {
  constructor(
    private readonly directory: AccountService,
    private readonly structures: StructureService,
    private readonly applications: ApplicationService,
  ) {}

  async of(entries: AuditEntry[], scope: Scope): Promise<AdminEvent[]> {
    const [people, structures, applications] = await Promise.all([
      this.directory.findNames(idsOf(entries, ['accountId', 'actorId'])),
      this.structures.names(idsOf(entries, ['structureId'])),
      this.#applicationsOf(entries),
    ]);
    for (const [id, { structureId }] of people) if (!isWithinReach(scope, structureId)) people.delete(id);
    return entries.map((entry) => toEvent(entry, { people, structures, applications }, scope));
  }

  async #applicationsOf(entries: AuditEntry[]): Promise<Map<string, ApplicationEntity>> {
    const ids = entries.flatMap((entry) => applicationOf(entry) ?? []);
    const found = ids.length === 0 ? [] : await this.applications.getAll([...new Set(ids)]);
    return new Map(found.map((application) => [application.id, application]));
  }
}

function idsOf(entries: AuditEntry[], names: ('accountId' | 'actorId' | 'structureId')[]): string[] {
  return entries.flatMap((entry) => names.map((name) => entry[name]).filter((id) => id !== null));
}

function applicationOf({ data }: AuditEntry): string | undefined {
  const id = data?.['application'];
  return typeof id === 'string' ? id : undefined;
}

/** One out of reach stays an id, where an administrator only tried it out. */
function application(entry: AuditEntry, { applications }: Names, scope: Scope): AdminEventApplication | null {
  const id = applicationOf(entry);
  if (id === undefined) return null;
  const known = applications.get(id);
  const isShown = known && (VISITS.includes(entry.name) || isWithinReach(scope, known.structureId));
  return { id, name: isShown ? known.name : null };
}

function toEvent(entry: AuditEntry, names: Names, scope: Scope): AdminEvent {
  const { people, structures } = names;
  const { at, accountId, actorId, structureId, ...rest } = entry;
  return {
    id: rest.id,
    at: at.toISOString(),
    name: rest.name,
    outcome: rest.outcome,
    account: person(accountId, people),
    actor: person(actorId, people),
    structure: structureId
      ? { id: structureId, name: structures.get(structureId)?.name ?? structureId }
      : null,
    application: application(entry, names, scope),
    means: rest.means,
    channel: rest.channel,
    address: rest.address,
    device: rest.device,
    requestId: rest.requestId,
    reason: rest.reason,
    data: rest.data,
    seal: rest.seal,
  };
}

function person(id: string | null, people: Map<string, PersonName>): AdminEventPerson | null {
  if (!id) return null;
  const known = people.get(id);
  return { id, username: known?.username ?? null, displayName: known?.displayName ?? null };
}
