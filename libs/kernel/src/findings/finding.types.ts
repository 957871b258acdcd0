import type { PresentedCertificate } from './presented-certificate';

/**
 * `off`: not used by this deployment. `remark`: it works, and the operator should know. `warning`: it works for now,
 * and must be fixed. `failing`: it does not work.
 */
export type FindingState = 'off' | 'well' | 'remark' | 'warning' | 'failing';

/** State of one dependency or resource of the deployment. */
export interface Finding {
  state: FindingState;
  /** A sentence without secrets. */
  text: string;
  /** Action for the operator. */
  advice?: string;
  /** Response time, milliseconds. */
  latencyMs?: number;
}

/**
 * Values of a finding beside its sentence, by subject. A library adds its own:
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

/** Checks one dependency or resource; the library that owns it registers the source (`registerFindings`). */
export interface FindingSource {
  readonly subject: string;
  /** For pages and probes, which call it every few seconds. */
  find?(): Promise<Finding>;
  /** For `portillon doctor`, which may take longer. Default: `find`. */
  check?(): Promise<Finding[]>;
  /** Certificates that the servers of the dependency present now. */
  certificates?(): Promise<PresentedCertificate[]>;
}

/** Finding for a setting that is not set. */
export const NOT_SET: Finding = { state: 'off', text: 'off: not set' };
