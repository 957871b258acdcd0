/**
 * `forbidden`: no attestation may contain it, not even as a reservation. `due`: it must be fixed before anyone signs.
 * `reserved`: an attestation may contain it, with its plan.
 */
export const RESERVATION_STATES = ['forbidden', 'due', 'reserved'] as const;

export type ReservationState = (typeof RESERVATION_STATES)[number];

/** A deviation of this deployment from a clause, in French for documents of French law. */
export interface Reservation {
  id: string;
  clause: string;
  source: string;
  state: ReservationState;
  /** The part of the deployment that it concerns. */
  scheme: 'service' | 'codes' | 'card' | 'accounts' | 'administration';
  /** The clause, in our own words. */
  says: string;
  /** The practice of this deployment. */
  found: string;
  /** The remedy, or the plan. */
  plan: string;
}
