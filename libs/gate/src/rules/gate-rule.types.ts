/**
 * The requirement of a rule: `public` has none; `signed-in` requires a user who fulfils its conditions; `closed` refuses.
 */
export const GATE_ACCESS = ['public', 'signed-in', 'closed'] as const;
export type GateAccess = (typeof GATE_ACCESS)[number];

/**
 * One rule of an application behind the gate. Paths and methods select its requests; the other fields are conditions on the
 * user. The first rule that matches decides, even when the user does not fulfil it and a later rule is laxer.
 */
export interface GateRule {
  /** Prefixes by whole segments, in canonical form: `/admin` is for `/admin` and `/admin/x`, not `/administrator`. */
  paths: string[];
  /** Empty: every method. `GET` is for `HEAD` too. */
  methods: string[];
  access: GateAccess;
  /** One of these is needed; empty: any. */
  roles: string[];
  /** Ids of structures, one of which the user must belong to; empty: any. */
  structures: string[];
  /** The level that the session has at least; null: the application's own. */
  acr: string | null;
  /** How old the proof of that level may be; null: the application's own. */
  maxAgeSeconds: number | null;
}
