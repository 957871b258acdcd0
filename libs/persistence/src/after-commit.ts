import type { EntityManager } from 'typeorm';

/** Callbacks of each open transaction that run after its commit. */
const actsOf = new WeakMap<EntityManager, (() => void)[]>();

/** Has {@link afterCommit} collect the callbacks of `tx` in `acts`. */
export function collectActs(tx: EntityManager, acts: (() => void)[]): void {
  actsOf.set(tx, acts);
}

/**
 * Runs `act` once `tx` is committed; without a transaction, immediately. Never runs it after a rollback, and only once
 * when the transaction was retried. `act` must not throw.
 */
export function afterCommit(tx: EntityManager | undefined, act: () => void): void {
  const acts = tx && actsOf.get(tx);
  if (acts) acts.push(act);
  else act();
}
