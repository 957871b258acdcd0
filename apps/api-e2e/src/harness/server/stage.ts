import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  scratchFolder,
  SmtpSink,
  SqlClient,
  ThrowAwayMariadb,
  TwilioServer,
} from '@portillon/testing/servers';
import { createConnection } from 'mysql2/promise';
import { DatabaseAccounts } from './database-accounts';
import { PASSWORD_DIGEST, Person } from '../people/person';
import { Environment, runCommand, Server } from './server';
import { Visitor } from '../people/visitor';

let mobiles = 0;

export interface StageOptions {
  /** Default: MariaDB where the machine has it. */
  engine?: Engine;
  /** A separate MariaDB, to kill and restart. */
  mariadb?: ThrowAwayMariadb;
  environment?: Environment;
  /** What is done to the empty database before the server starts; the structure of the tests is not made then. */
  prepare?: (stage: Stage) => Promise<void>;
}

export type Engine = 'MariaDB' | 'embedded';

export interface PersonChanges {
  locale?: 'fr' | 'en';
  status?: string;
  role?: string;
  structureId?: string | null;
}

export const STRUCTURE = { id: '01a20e4e-451d-7222-8b7c-095e8995a1b0', name: 'Hôpital des Trois Dames' };
/** As MariaDB and MySQL say that an account lacks a right, where a job alone may have asked. */
const DENIED = /ER_(TABLE|COLUMN|DB|SPECIFIC_)ACCESS_DENIED|command denied to user/;
/** Commands that need the account which migrates. */
const OF_TABLES = ['migrate', 'restore'];
const INSERT_PERSON = `INSERT INTO account (id, username, usernameKey, email, emailKey, displayName, displayNameKey, locale,
  status, roles, structureId, codeChannel, passwordDigest, createdAt, version)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'EMAIL', ?, ?, 1)`;

/** The engines of this machine. */
export function engines(): Engine[] {
  return process.env['PORTILLON_TEST_MARIADB_PORT'] ? ['MariaDB', 'embedded'] : ['embedded'];
}

/** A server, its database, its mail relay and its SMS provider: all real but for the provider. */
export class Stage {
  readonly smtp = new SmtpSink();
  readonly twilio = new TwilioServer();
  readonly folder = scratchFolder('portillon-e2e-');
  server!: Server;
  database!: SqlClient;
  #url!: string;
  #accounts?: DatabaseAccounts;
  #dropDatabase?: () => Promise<void>;
  #visitors = 0;
  readonly #extras: Server[] = [];

  constructor(readonly options: StageOptions = {}) {}

  async open(): Promise<void> {
    await Promise.all([this.smtp.start(), this.twilio.start()]);
    this.#url = await this.#createDatabase(this.options.engine ?? engines()[0]!);
    const { prepare } = this.options;
    await this.#accounts?.create();
    await prepare?.(this);
    await this.#makeTables();
    this.server = await Server.start(this.folder, this.environment);
    this.database = await SqlClient.open(this.#url);
    if (!prepare) await this.structure(STRUCTURE.name, STRUCTURE.id);
  }

  async close(): Promise<void> {
    const servers = [this.server, ...this.#extras];
    await Promise.all(servers.map((server) => server?.stop()));
    await this.database?.close();
    await Promise.all([this.#dropDatabase?.(), this.smtp.stop(), this.twilio.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
    const denied = servers.flatMap((server) => server?.lines.filter((line) => DENIED.test(line)) ?? []);
    if (denied.length > 0) throw new Error(`The account that serves lacks a right:\n${denied.join('\n')}`);
  }

  /** The settings of the server. */
  get environment(): Environment {
    return {
      DATABASE_URL: this.#accounts?.urlOf('serve') ?? this.#url,
      PUBLIC_URL: 'http://portillon.test',
      SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      SMTP_URL: this.smtp.url,
      MAIL_FROM: 'Portillon <portillon@portillon.test>',
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: 'twilio-auth-token-of-the-tests',
      TWILIO_FROM: '+33937000000',
      TWILIO_API_URL: this.twilio.url,
      // Each visitor sends a different address, as if a proxy had seen it.
      TRUSTED_PROXIES: '127.0.0.1',
      ...this.options.environment,
    };
  }

  /** By which a test reads and changes the database at will; no process of ours does. */
  get databaseUrl(): string {
    return this.#url;
  }

  /** The settings of the commands that change tables. */
  get migrating(): Environment {
    return { ...this.environment, DATABASE_URL: this.#accounts?.urlOf('migrate') ?? this.#url };
  }

  /** As after a version whose rights were not given. */
  async withoutRightOn(table: string): Promise<void> {
    await this.#accounts?.revoke(table);
  }

  /** Another process on the same database. */
  async anotherServer(changes: Environment = {}): Promise<Server> {
    const server = await Server.start(this.folder, { ...this.environment, ...changes });
    this.#extras.push(server);
    return server;
  }

  /** Starts the server anew on the port that it had, after it was killed. */
  async restart(): Promise<void> {
    await this.server.kill();
    this.server = await Server.start(this.folder, { ...this.environment, PORT: String(this.server.port) });
  }

  command(args: readonly string[], input?: string, environment: Environment = {}) {
    const settings = OF_TABLES.includes(args[0]!) ? this.migrating : this.environment;
    return runCommand(this.folder, args, { ...settings, ...environment }, input);
  }

  /** A new browser, at an address that no other one uses. */
  visitor(headers: Readonly<Record<string, string>> = {}): Visitor {
    const index = ++this.#visitors;
    const address = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
    return new Visitor({
      url: this.server.url,
      origin: this.environment['PUBLIC_URL']!,
      headers: { 'x-forwarded-for': address, ...headers },
    });
  }

  /** An account that no other test uses. It is inserted directly: the command line would take a second each. */
  async person(changes: PersonChanges = {}): Promise<Person> {
    const person = new Person(this, randomBytes(5).toString('hex'), newMobile());
    const { id, username, email, displayName } = person;
    const names = [username, username, email, email, displayName, displayName.toLowerCase()];
    const { locale = 'fr', status = 'ACTIVE', role = 'professional', structureId = STRUCTURE.id } = changes;
    const rest = [locale, status, role, structureId, PASSWORD_DIGEST, new Date()];
    await this.database.execute(INSERT_PERSON, [id, ...names, ...rest]);
    if (structureId) await this.member(id, structureId, [role]);
    if (role === 'national-admin')
      await this.database.execute('UPDATE account SET national = 1 WHERE id = ?', [id]);
    return person;
  }

  /** Gives a person a place in a structure. */
  async member(accountId: string, structureId: string, roles = ['professional']): Promise<void> {
    const sql =
      'INSERT INTO membership (accountId, structureId, roles, source, sinceAt) VALUES (?, ?, ?, ?, ?)';
    await this.database.execute(sql, [accountId, structureId, roles.join(' '), 'console', new Date()]);
  }

  /** Another structure, whose people the first one's administrator must not reach. */
  async structure(
    name = `Clinique ${randomBytes(4).toString('hex')}`,
    id: string = randomUUID(),
  ): Promise<string> {
    const sql = 'INSERT INTO structure (id, name, nameKey, sortKey, createdAt) VALUES (?, ?, ?, ?, ?)';
    await this.database.execute(sql, [id, name, name.toLowerCase(), name.toLowerCase(), new Date()]);
    return id;
  }

  /** A person with that role, signed in just now. */
  async signedIn(changes: PersonChanges = {}): Promise<{ person: Person; browser: Visitor }> {
    const person = await this.person(changes);
    const browser = this.visitor();
    await person.signIn(browser);
    return { person, browser };
  }

  async #createDatabase(engine: Engine): Promise<string> {
    const { mariadb } = this.options;
    if (engine === 'embedded' && !mariadb) return join(this.folder, 'portillon.db');
    const name = `e2e_${randomBytes(6).toString('hex')}`;
    const port = process.env['PORTILLON_TEST_MARIADB_PORT']!;
    if (!mariadb) {
      await query(port, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
      this.#dropDatabase = () => query(port, `DROP DATABASE ${name}`);
    }
    const url = mariadb ? await mariadb.createDatabase(name) : `mysql://root@127.0.0.1:${port}/${name}`;
    this.#accounts = new DatabaseAccounts(url);
    return url;
  }

  /**
   * As an operator does before the servers of a version start. On the embedded engine the server does it automatically.
   */
  async #makeTables(): Promise<void> {
    const { mariadb, prepare } = this.options;
    if (!this.#accounts) return;
    if (mariadb ?? prepare) await this.#migrate();
    else await this.#accounts.copyTables();
    await this.#accounts.grant('serve');
  }

  async #migrate(): Promise<void> {
    const { code, output } = await this.command(['migrate']);
    if (code !== 0) throw new Error(`The tables were not made:\n${output}`);
  }
}

/** A stage for the tests of the enclosing `describe`, opened before the first and closed after the last. */
export function useStage(options?: StageOptions): Stage {
  const stage = new Stage(options);
  beforeAll(() => stage.open(), 60_000);
  afterAll(() => stage.close(), 20_000);
  return stage;
}

/**
 * Opens `stage` before the first and closes it after the last of the specs that share it. Those are in `src/together`,
 * which Nx runs as one file. They add separate people, and leave the clock, the senders and the server's process alone.
 * A file whose tests may all be skipped has a separate stage: Jest would not run the hook that closes this one.
 */
export function share(stage: { open(): Promise<void>; close(): Promise<void> }): () => void {
  let opening: Promise<void> | undefined;
  let users = 0;
  return () => {
    users += 1;
    beforeAll(() => (opening ??= stage.open()), 60_000);
    afterAll(() => (--users === 0 ? stage.close() : undefined), 20_000);
  };
}

const shared = new Map<StageOptions, { stage: Stage; use: () => void }>();

/** The shared stage with these options: one for each object of options. Default: the server as it comes. */
export function useSharedStage(options: StageOptions = AS_IT_COMES): Stage {
  if (!shared.has(options)) {
    const stage = new Stage(options);
    shared.set(options, { stage, use: share(stage) });
  }
  const { stage, use } = shared.get(options)!;
  use();
  return stage;
}

/** A MariaDB of the enclosing `describe`'s own, to count in or to take away, and a stage on it; there from the first test on. */
export function useOwnMariadb(options?: Parameters<typeof ThrowAwayMariadb.start>[0]) {
  const own = {} as { mariadb: ThrowAwayMariadb; stage: Stage };
  beforeAll(async () => {
    own.mariadb = await ThrowAwayMariadb.start(options);
    own.stage = new Stage({ mariadb: own.mariadb });
    await own.stage.open();
  }, 60_000);
  afterAll(async () => {
    await own.stage?.close();
    await own.mariadb?.stop();
  });
  return own;
}

/**
 * Runs the same tests against a server on MariaDB and one on the embedded engine: for races, raw SQL and the main
 * journeys. What else a database may do differently, the `.db.spec.ts` of each lib show on both.
 */
export function describeOnEveryEngine(
  title: string,
  tests: (stage: Stage, engine: Engine) => void,
  options: StageOptions = {},
): void {
  for (const engine of engines())
    describe(`${title} (${engine})`, () => tests(useStage({ ...options, engine }), engine));
}

/** The server looks for background work several times a second. */
export const QUICK: StageOptions = { environment: { TEST_TURN_MS: '250' } };
/** Passkeys, authenticator apps and recovery codes are offered; quick. */
export const EVERY_FACTOR: StageOptions = {
  environment: { ...QUICK.environment, PASSKEYS: 'on', TOTP: 'on', RECOVERY_CODES: 'on' },
};
const AS_IT_COMES: StageOptions = {};

/**
 * A number that no other account of this spec has. Nothing is sent there: the provider of the tests is on this machine.
 */
function newMobile(): string {
  mobiles += 1;
  return `+33612${String(mobiles).padStart(6, '0')}`;
}

async function query(port: string, sql: string): Promise<void> {
  const connection = await createConnection({ host: '127.0.0.1', port: Number(port), user: 'root' });
  await connection.query(sql).finally(() => connection.end());
}
