import type { PoolConnection } from 'mysql2';
import { text } from './mysql-statements';

/** Undoes a transaction. A connection on which that fails is never used again: the server undoes it when it is gone. */
export async function undo(connection: PoolConnection): Promise<void> {
  try {
    await text(connection, 'ROLLBACK');
    connection.release();
  } catch {
    connection.destroy();
  }
}
