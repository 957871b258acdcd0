import type { Statements } from './database';

type Undo = () => Promise<unknown>;
type Work<Result> = (tx: Statements) => Promise<Result>;

const undoings = new WeakMap<Statements, Undo[]>();

/**
 * Runs `undo` should the transaction `tx` be rolled back: for what is done on its behalf outside of the database.
 * Outside a transaction nothing is ever undone.
 */
export function onRollback(tx: Statements, undo: Undo): void {
  undoings.get(tx)?.push(undo);
}

/** Runs one transaction, and what it gave to {@link onRollback} when it or its commit fails. */
export async function undoneWhenItFails<Result>(
  transaction: (work: Work<Result>) => Promise<Result>,
  work: Work<Result>,
): Promise<Result> {
  const undos: Undo[] = [];
  try {
    return await transaction((tx) => {
      undoings.set(tx, undos);
      return work(tx);
    });
  } catch (error) {
    await Promise.allSettled(undos.map((undo) => undo()));
    throw error;
  }
}
