const FORM = /^(rediss?)\+sentinel:\/\/(?:([^:@/]*):([^@/]*)@)?([^@/]+)\/([\w.-]+)(?:\/(\d+))?$/;
const NODE = /^(\[[0-9a-f:]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i;
const SENTINEL_PORT = 26_379;

/** Sentinels that know the master of Redis or Valkey, and the credentials of the servers. */
export interface SentinelAddress {
  nodes: { host: string; port: number }[];
  /** Name of the master in the sentinels. */
  name: string;
  database: number;
  tls: boolean;
  /** User of the servers; the sentinels need no credentials. */
  username?: string;
  password?: string;
}

/** Whether `url` is of sentinels, well-formed or not. */
export function isSentinelUrl(url: string): boolean {
  return /^rediss?\+sentinel:/.test(url);
}

/** Reads `redis+sentinel://[[user]:password@]host[:port],…/name[/database]`. Returns nothing for another form. */
export function sentinelAddress(url: string): SentinelAddress | undefined {
  const [, scheme, username, password, hosts, name, database] = FORM.exec(url) ?? [];
  const nodes = hosts?.split(',').map((node) => NODE.exec(node));
  if (!nodes || !name || !nodes.every((node) => node !== null)) return undefined;
  return {
    nodes: nodes.map(([, host, port]) => ({
      host: host!.replace(/^\[|\]$/g, ''),
      port: Number(port ?? SENTINEL_PORT),
    })),
    name,
    database: Number(database ?? 0),
    tls: scheme === 'rediss',
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
  };
}
