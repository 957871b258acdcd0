/** A browser's or program's request to an application, as a proxy reports it. */
export interface GatedRequest {
  /** The application's origin, such as `https://app.example`, without a default port. */
  origin: string;
  /** Path and query as they were sent: the browser returns there. No decision uses them. */
  target: string;
  /** The canonical path, by which the rule is found. */
  path: string;
  method: string;
  /** Whether a page can be answered: a navigation. Else the answer is for a program. */
  wantsPage: boolean;
  /** Whether a user's action caused it: a timer may request a page, too. */
  byPerson: boolean;
  /** The client's address, as the proxy saw it. */
  address: string;
  /** The same: limits count by it. */
  addressBlock: string;
  /** The address of the proxy that asks. */
  proxy: string;
}

/** Why a request is unreadable, for the log. */
export type Unreadable =
  | 'proxy-not-named'
  | 'proxy-not-proved'
  | 'header-missing'
  | 'header-doubled'
  | 'header-underscore'
  | 'method'
  | 'method-override'
  | 'origin'
  | 'path'
  | 'path-two-rules';

export interface UnreadableRequest {
  status: 'unreadable';
  why: Unreadable;
  /** The request that an unknown proxy claims to ask about. */
  doubted?: SuspiciousRequest;
}

export interface SuspiciousRequest {
  /** Anybody can claim it. */
  origin: string;
  proxy: string;
}

export type ParseResult = { status: 'read'; request: GatedRequest } | UnreadableRequest;
