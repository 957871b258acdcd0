const FORM = /^(rediss?)\+sentinel:\/\/(?:([^:@/]*):([^@/]*)@)?([^@/]+)\/([\w.-]+)(?:\/(\d+))?$/;
const NODE = /^(\[[0-9a-f:]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i;
const SENTINEL_PORT = 26_379;

/** Sentinels that know which Redis or Valkey is the master, and how both are spoken to. */
export interface SentinelAddress {
  nodes: { host: string; port: number }[];
  /** What the sentinels call the master. */
  name: string;
  database: number;
  tls: boolean;
  /** Of the servers; the sentinels hold nothing and ask for none. */
  username?: string;
  password?: string;
}

/** Whether `url` leads to sentinels, in whatever form. */
export function isSentinelUrl(url: string): boolean {
  return /^rediss?\+sentinel:/.test(url);
}

/** Reads `redis+sentinel://[[user]:password@]host[:port],…/name[/database]`; nothing when it has another form. */
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
