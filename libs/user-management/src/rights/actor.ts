import type { AuditEvent } from '@portillon/audit';
import { audited, AuditedAct, machineOf, holderOf } from '@portillon/access';
import type { Caller, Client } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import type { Scope } from './rights.policy';

/** The actor: a user, or an application without a user. */
export interface Actor extends Caller {
  /** The own one; null: none, or every one. */
  structure: { id: string } | null;
}

/** The actor, with their rights and client. */
export interface Administrator {
  actor: Actor;
  scope: Scope;
  client: Client;
}

type GuardedRequest = FastifyRequest & { portillonSession?: Session };

/** The actor, by a session or a token; undefined when the guard of the route admitted another kind of caller. */
export function actorOf(request: FastifyRequest): Actor | undefined {
  const machine = machineOf(request);
  if (machine) {
    const { applicationId: id, structureId } = machine;
    return { kind: 'application', id, structure: structureId === null ? null : { id: structureId } };
  }
  const { portillonSession: session } = request as GuardedRequest;
  return session && { kind: 'person', ...holderOf(session) };
}

/** Names the actor in a journal entry: a user by their account, an application by its name only. */
export function auditedBy(actor: Actor | undefined, client: Client, event: AuditedAct): AuditEvent {
  if (actor?.kind !== 'application') return audited(client, actor, event);
  const { id: actorId, structure } = actor;
  return { ...audited(client, undefined, event), actorId, structureId: structure?.id ?? null };
}
