import { AppError } from '@portillon/kernel';
import type { PoolConnection } from 'mysql2';
import type { DataSource } from 'typeorm';

const UUID = {
  mariadb:
    "(SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'wsrep_gcomm_uuid')",
  mysql: '@@server_uuid',
};

/**
 * SQL that names the node which answers: host and port for people, and a part of its UUID, since copied machines may
 * have one host name.
 */
export function nodeSql({ options }: DataSource): string {
  return `CONCAT_WS(' ', CONCAT(@@hostname, ':', @@port), LEFT(${UUID[options.type as keyof typeof UUID]}, 8))`;
}

const RETRY_AFTER_SECONDS = 5;

const chosen = new WeakMap<DataSource, { node: string; until: number }>();
const nodes = new WeakMap<PoolConnection, string>();

/** Lets `source` use connections to this node only, and those until this time of the process (`performance.now`). */
export function useOnlyNode(source: DataSource, node: string, until: number): void {
  chosen.set(source, { node, until });
}

/**
 * @throws AppError `service.busy` when `connection` reaches a node that `source` must not use, or the time is over. The
 * connection is dropped then.
 */
export async function requireNode(source: DataSource, connection: PoolConnection): Promise<void> {
  const use = chosen.get(source);
  if (!use) return;
  const here = nodes.get(connection) ?? (await nodeOf(source, connection));
  nodes.set(connection, here);
  if (here !== use.node)
    refuse(
      connection,
      `it reaches ${here}, and the other processes use ${use.node}: let all proxies choose the same node`,
    );
  if (performance.now() > use.until) refuse(connection, `the use of ${here} was not renewed in time`);
}

function refuse(connection: PoolConnection, detail: string): never {
  connection.destroy();
  throw new AppError('service.busy', { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

async function nodeOf(source: DataSource, connection: PoolConnection): Promise<string> {
  const [rows] = await connection.promise().query(`SELECT ${nodeSql(source)} AS here`);
  return (rows as { here: string }[])[0]!.here;
}
