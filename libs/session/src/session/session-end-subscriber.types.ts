import type { EntityManager } from 'typeorm';

/**
 * Acts on the end of sessions in the same transaction, whatever the cause: signing out, idleness, revocation,
 * deactivation. Its writes commit or roll back with the end. Add it with {@link SessionService.subscribe}.
 */
export interface SessionEndSubscriber {
  /** The same id may come twice, when two transactions end one session concurrently. */
  sessionsEnded(ids: readonly string[], tx: EntityManager): Promise<unknown>;
}
