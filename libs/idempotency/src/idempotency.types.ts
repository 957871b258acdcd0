import type { Caller } from '@portillon/http';

/** A creation that its caller gave a key. */
export interface KeyedRequest {
  caller: Caller;
  key: string;
  /** The route, as `POST /api/admin/accounts`. */
  route: string;
  body: unknown;
}

/** What a creation answered, to be answered again. */
export interface KeptAnswer {
  body: unknown;
  /** The version of what was created. */
  etag: string | null;
}

/**
 * `first`: the creation is to take place, then `complete` or `release`. `answered`: it took place. `other-request`: the
 * key was used for something else. `in-progress`: it takes place now, or its end is not known.
 */
export type KeyCheck =
  | { status: 'first'; id: string }
  | { status: 'answered'; answer: KeptAnswer }
  | { status: 'other-request' }
  | { status: 'in-progress' };
