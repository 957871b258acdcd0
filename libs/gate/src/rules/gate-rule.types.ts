/**
 * What a rule asks of the request that it matches: `public`, nothing; `signed-in`, a person who fulfils its conditions;
 * `closed` refuses.
 */
export const GATE_ACCESS = ['public', 'signed-in', 'closed'] as const;
export type GateAccess = (typeof GATE_ACCESS)[number];

/**
 * One rule of an application behind the gate. Paths and methods select the requests it is for; what follows is asked
 * of the person. The first rule that matches decides: one that a person does not fulfil is never passed over for a
 * laxer one behind it.
 */
export interface GateRule {
  /** Prefixes by whole segments, in canonical form: `/admin` is for `/admin` and `/admin/x`, not `/administrator`. */
  paths: string[];
  /** Empty: every method. `GET` is for `HEAD` too. */
  methods: string[];
  access: GateAccess;
  /** One of these is needed; empty: any. */
  roles: string[];
  /** Ids, one of which the person belongs to; empty: any. */
  structures: string[];
  /** The level that the session has at least; null: the application's own. */
  acr: string | null;
  /** How old the proof of that level may be; null: the application's own. */
  maxAgeSeconds: number | null;
}
