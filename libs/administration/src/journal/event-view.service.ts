import { Injectable } from '@nestjs/common';
import { DirectoryService, PersonName, StructureName } from '@portillon/account';
import type { AuditEntry } from '@portillon/audit';
import { reaches, Scope } from '../rights.policy';
import type { AdminEvent, AdminEventPerson } from './event.dto';

interface Names {
  people: Map<string, PersonName>;
  structures: Map<string, StructureName>;
}

/** Lines of the journal with today's names beside their ids: the journal itself holds no name. */
@Injectable()
export class EventViewService {
  constructor(private readonly directory: DirectoryService) {}

  async of(entries: AuditEntry[], scope: Scope): Promise<AdminEvent[]> {
    const [people, structures] = await Promise.all([
      this.directory.people(idsOf(entries, ['accountId', 'actorId'])),
      this.directory.structures(idsOf(entries, ['structureId'])),
    ]);
    for (const [id, { structureId }] of people) if (!reaches(scope, structureId)) people.delete(id);
    return entries.map((entry) => toEvent(entry, { people, structures }));
  }
}

function idsOf(entries: AuditEntry[], names: ('accountId' | 'actorId' | 'structureId')[]): string[] {
  return entries.flatMap((entry) => names.map((name) => entry[name]).filter((id) => id !== null));
}

function toEvent(entry: AuditEntry, { people, structures }: Names): AdminEvent {
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
