/**
 * `off`: this deployment has none. `remark`: it works, and an operator should know. `warning`: it works for now, and is to
 * be put right. `failing`: it does not work.
 */
export type FindingState = 'off' | 'well' | 'remark' | 'warning' | 'failing';

/** What was found of one thing that the deployment needs. */
export interface Finding {
  state: FindingState;
  /** What was found, in a sentence that holds no secret. */
  text: string;
  /** What to do. */
  advice?: string;
  /** How long its answer took. */
  latencyMs?: number;
}

/**
 * What a finding has beside its sentence, by its subject. A library adds its own:
 *
 * ```ts
 * declare module '@portillon/kernel' {
 *   interface FindingValues { coupons: { spent: number } }
 * }
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- libraries add the members
export interface FindingValues {}

/** A finding with the values of its subject. */
export interface FindingOf<Subject extends keyof FindingValues> extends Finding {
  values: FindingValues[Subject];
}

/** Looks at one thing that the deployment needs; the library that owns it registers it (`registerFindings`). */
export interface FindingSource {
  readonly subject: string;
  /** For pages and probes, every few seconds. */
  find?(): Promise<Finding>;
  /** For `portillon doctor`, which takes its time. Default: what `find` finds. */
  check?(): Promise<Finding[]>;
}

/** Of what the settings leave out. */
export const NOT_SET: Finding = { state: 'off', text: 'off: not set' };
