import type { Caller, Client } from '@portillon/http';
import type { Scope } from './rights.policy';

/** Who acts: a person, or an application by itself. */
export interface Actor extends Caller {
  /** The own one; null: none, or every one. */
  structure: { id: string } | null;
}

/** Who acts, on what they reach, from where. */
export interface Administrator {
  actor: Actor;
  scope: Scope;
  client: Client;
}
