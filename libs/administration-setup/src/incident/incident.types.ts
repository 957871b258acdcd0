import type { incidentJournal } from './incident.journal';

/** Of whom, and why: as the journal keeps it. */
export interface IncidentAct {
  /** Default: all structures. */
  structureId?: string;
  reason: string;
  /** The deciders, as `IncidentDecisionService` found them. */
  deciders?: readonly Decider[];
}

/** A national administrator who decided an answer to an incident. */
export interface Decider {
  id: string;
  displayName: string;
}

export type IncidentDecision =
  | { status: 'decided'; deciders: Decider[] }
  | { status: 'not-administrator'; username: string }
  | { status: 'too-few'; wanted: number };

export type IncidentEvent = keyof typeof incidentJournal.events;

/** Sign-ins of a span of time. */
export interface ConcernedRequest {
  from: Date;
  /** Before then. */
  to: Date;
  /** An address, or a CIDR block. Default: any. */
  address?: string;
}

/** A user who signed in, or failed to. */
export interface ConcernedPerson {
  id: string;
  /** Null once the account is erased. */
  username: string | null;
  displayName: string | null;
  structure: string | null;
  signIns: number;
  failures: number;
  firstAt: Date;
  lastAt: Date;
  /** The latest ones, at most {@link MOST_ADDRESSES}. */
  addresses: string[];
}

export const MOST_ADDRESSES = 10;
