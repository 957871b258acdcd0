import type { EntityManager } from 'typeorm';

/** What each open transaction has left to do when it is committed. */
const actsOf = new WeakMap<EntityManager, (() => void)[]>();

/** Has {@link afterCommit} collect in `acts` what `tx` leaves to do. */
export function collectActs(tx: EntityManager, acts: (() => void)[]): void {
  actsOf.set(tx, acts);
}

/**
 * Runs `act`, which does not throw, once `tx` is committed: never when it is rolled back, and once though its work was run
 * again. At once without a transaction.
 */
export function afterCommit(tx: EntityManager | undefined, act: () => void): void {
  const acts = tx && actsOf.get(tx);
  if (acts) acts.push(act);
  else act();
}
