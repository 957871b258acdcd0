import type { Client } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { Scope } from './rights.policy';

/** Who acts, on what they reach, from where. */
export interface Administrator {
  session: Session;
  scope: Scope;
  client: Client;
}
