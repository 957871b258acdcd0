import { Logger, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Clock, withTimeout } from '@portillon/kernel';
import type { createClient } from '@redis/client';

export type RedisClient = Pick<ReturnType<typeof createClient>, 'del' | 'eval' | 'hmGet' | 'ping'>;
type Client = RedisClient &
  Pick<ReturnType<typeof createClient>, 'connect' | 'isOpen' | 'on'> & { destroy(): unknown };

/** Maximum delay of a sign-in when Redis hangs, milliseconds. */
const ANSWER_LIMIT_MS = 500;
/** Wait for the first connection at start; afterwards the database counts until Redis is connected. */
const CONNECT_LIMIT_MS = 2_000;
const TRY_AGAIN_AFTER_MS = 5_000;

/**
 * One connection to Redis or Valkey, or to the master that sentinels name. While it is lost, calls fail at once and it
 * reconnects in the background.
 */
export class RedisConnection implements OnModuleInit, OnApplicationShutdown {
  readonly #logger = new Logger('Redis');
  #client?: Client;
  #trying?: Promise<void>;
  #tryAgainAt = 0;
  #missing = false;
  /** Why it is not connected, for operators. */
  #failure: unknown;
  #closed = false;

  constructor(
    private readonly url: string,
    private readonly clock: Clock,
  ) {}

  /** Where it speaks TLS: the server, or the sentinels that name it. */
  get tlsEndpoints() {
    const setting = 'REDIS_URL';
    const sentinels = sentinelAddress(this.url);
    if (sentinels) return sentinels.tls ? sentinels.nodes.map((node) => ({ setting, ...node })) : [];
    const { protocol, hostname, port } = new URL(this.url);
    const host = hostname.replace(/^\[|\]$/g, '');
    return protocol === 'rediss:' ? [{ setting, host, port: Number(port || 6_379) }] : [];
  }

  /** Connects if Redis answers; otherwise the service starts and counts in the database. */
  onModuleInit(): Promise<void> {
    return this.#connect();
  }

  /** Calls Redis, within half a second. @throws Error without an answer; the connection is then closed. */
  async ask<Answer>(question: (client: RedisClient) => Promise<Answer>): Promise<Answer> {
    const client = this.#client;
    if (!client) {
      this.#tryAgain();
      throw new Error('Redis is not connected', { cause: this.#failure });
    }
    try {
      return await withTimeout(ANSWER_LIMIT_MS, question(client));
    } catch (error) {
      this.#giveUp(client, error);
      throw error;
    }
  }

  onApplicationShutdown(): void {
    this.#closed = true;
    if (this.#client) end(this.#client);
    this.#client = undefined;
  }

  #tryAgain(): void {
    if (this.#trying || this.#closed || this.clock.now().getTime() < this.#tryAgainAt) return;
    this.#trying = this.#connect().finally(() => (this.#trying = undefined));
  }

  async #connect(): Promise<void> {
    const client = await clientFor(this.url);
    client.on('error', (error: unknown) => this.#giveUp(client, error));
    try {
      await withTimeout(CONNECT_LIMIT_MS, client.connect());
      this.#client = client;
      this.#missing = false;
      this.#logger.log('connected: the limits are counted there');
    } catch (error) {
      this.#giveUp(client, error);
    }
    if (this.#closed) this.onApplicationShutdown();
  }

  #giveUp(client: Client, error: unknown): void {
    end(client);
    if (this.#client && this.#client !== client) return;
    this.#client = undefined;
    this.#failure = error;
    this.#tryAgainAt = this.clock.now().getTime() + TRY_AGAIN_AFTER_MS;
    if (!this.#missing && !this.#closed)
      this.#logger.warn(`does not answer, the database counts meanwhile: ${String(error)}`);
    this.#missing = true;
  }
}

/** The library is loaded on first use: a service without REDIS_URL does not pay for it. */
async function clientFor(url: string): Promise<Client> {
  const { createClient, createSentinel } = await import('@redis/client');
  const socket = { connectTimeout: CONNECT_LIMIT_MS, reconnectStrategy: false as const };
  const sentinels = sentinelAddress(url);
  if (!sentinels)
    return createClient({ url, RESP: 2, disableOfflineQueue: true, socket }) as unknown as Client;
  const { nodes, name, database, tls, username, password } = sentinels;
  const sockets = { socket: tls ? { ...socket, tls } : socket };
  return createSentinel({
    name,
    sentinelRootNodes: nodes,
    RESP: 2,
    // Sends all commands at once on one connection, as without sentinels.
    reserveClient: true,
    // A new connection finds the new master: this one is closed at the first command that fails.
    maxCommandRediscovers: 0,
    passthroughClientErrorEvents: true,
    sentinelClientOptions: sockets,
    nodeClientOptions: { ...sockets, database, disableOfflineQueue: true, username, password },
  }) as unknown as Client;
}

function end(client: Client): void {
  if (client.isOpen) client.destroy();
}

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
