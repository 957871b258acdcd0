import type { Caller, Client } from '@portillon/http';
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
