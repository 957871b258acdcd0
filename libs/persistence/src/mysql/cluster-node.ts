import { AppError } from '@portillon/kernel';
import type { PoolConnection } from 'mysql2';
import type { DataSource } from 'typeorm';

/** A node of a cluster, as it names itself: host and port. */
export const NODE = "CONCAT(@@hostname, ':', @@port)";

const RETRY_AFTER_SECONDS = 5;

const chosen = new WeakMap<DataSource, string>();
const nodes = new WeakMap<PoolConnection, string>();

/** Lets `source` use connections to this node only. */
export function useOnlyNode(source: DataSource, node: string): void {
  chosen.set(source, node);
}

/** @throws AppError `service.busy` when `connection` reaches a node that `source` must not use; it is dropped then */
export async function requireNode(source: DataSource, connection: PoolConnection): Promise<void> {
  const node = chosen.get(source);
  if (node === undefined) return;
  const here = nodes.get(connection) ?? (await nodeOf(connection));
  nodes.set(connection, here);
  if (here === node) return;
  connection.destroy();
  throw new AppError('service.busy', {
    detail: `it reaches ${here}, and the other processes use ${node}: let all proxies choose the same node`,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

async function nodeOf(connection: PoolConnection): Promise<string> {
  const [rows] = await connection.promise().query(`SELECT ${NODE} AS here`);
  return (rows as { here: string }[])[0]!.here;
}
