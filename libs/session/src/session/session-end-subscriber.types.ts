import type { EntityManager } from 'typeorm';

/**
 * Acts on the end of sessions in the very transaction that ends them, whatever the cause: signing out, idleness,
 * revocation, deactivation. What it writes is there when they have ended, and undone with it. Added by
 * {@link SessionService.subscribe}.
 */
export interface SessionEndSubscriber {
  /** An id may come twice, when two transactions end one session at the same time. */
  sessionsEnded(ids: readonly string[], tx: EntityManager): Promise<unknown>;
}
