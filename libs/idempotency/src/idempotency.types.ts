import type { Caller } from '@portillon/http';

/** A creation with a key. */
export interface KeyedRequest {
  caller: Caller;
  key: string;
  /** The route, as `POST /api/admin/accounts`. */
  route: string;
  body: unknown;
}

/** Answer of a creation, to be repeated. */
export interface KeptAnswer {
  body: unknown;
  /** Version of the created resource. */
  etag: string | null;
}

/**
 * `first`: create now, then call `complete` or `release`. `answered`: it was created. `other-request`: the key belongs
 * to another request. `in-progress`: it is being created, or its result is unknown.
 */
export type KeyCheck =
  | { status: 'first'; id: string }
  | { status: 'answered'; answer: KeptAnswer }
  | { status: 'other-request' }
  | { status: 'in-progress' };
