import type { Type } from '@nestjs/common';
import type { MigrationInterface, DataSource, EntityManager } from 'typeorm';
import type { Table } from './table';

type Constructor<T = object> = new (...args: never[]) => T;

/** Declaration of a library's part of the database. */
export interface PersistenceDeclaration {
  tables: readonly Table[];
  migrations: (new () => MigrationInterface)[];
  /** Exports and erases the personal data of the tables, or the reason why there is none. */
  personalData: Type<PersonalDataSource> | { none: string };
  /** Columns whose values name the key of the deployment that made them. */
  keyed?: KeyedColumn[];
  /** Tables on which the serving account has restricted rights. */
  restricted?: RestrictedTable[];
}

/** Result of {@link persistencePart}. */
export interface PersistencePart extends PersistenceDeclaration {
  entities: Constructor[];
  /** Before the names of its tables and indexes, by `prefixed`. */
  prefix?: string;
}

/** The tables of one library, for `PersistenceModule.forRoot({ parts })`. */
export function persistencePart(declaration: PersistenceDeclaration): PersistencePart {
  return { ...declaration, entities: declaration.tables.map(({ entity }) => entity) };
}

/** Rights of the serving account on the rows of a table. */
export interface RestrictedTable {
  entity: Constructor;
  rights: readonly RowRight[];
  /** The only columns that it may change. */
  changes?: readonly string[];
}

export type RowRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/** A column of texts that begin with a key id and a point: sealed texts and digests of `Keyring`. */
export interface KeyedColumn {
  entity: Constructor;
  property: string;
  /** Plural name of its rows, for operators. */
  what: string;
  /** Whether a younger key vouches for them, so that they stay valid after their key is removed. */
  vouched?: boolean;
}

/**
 * Encryption of the connection to a server. `required`: encrypted, with any server. `verify`: the certificate must
 * also match the host of the URL and be signed by `ca` (PEM), or by an authority that Node trusts.
 */
export interface DatabaseTls {
  mode: 'off' | 'required' | 'verify';
  ca?: string;
}

/** Token of the options of `PersistenceModule.forRoot`; an application that opens the database itself gives none. */
export const PERSISTENCE_OPTIONS = Symbol('the options of PersistenceModule.forRoot');

export interface PersistenceOptions {
  /** `mysql://user:pass@host:3306/db`, or a file path, `sqlite:path` or `:memory:` for the embedded engine. */
  url: string;
  parts: Pick<PersistencePart, 'entities' | 'migrations' | 'prefix'>[];
  /** Whether the application migrates its tables at start. Default: no; call `MigratorService.migrate()`. */
  migrate?: boolean;
  /** Maximum number of connections of this pool to MySQL or MariaDB. Default: 10. */
  poolSize?: number;
  /** Default: off. */
  tls?: DatabaseTls;
  /** `mysql://…` of a replica for reports, with the same `tls`. */
  replicaUrl?: string;
  /** Whether the server must refuse writes on these connections. */
  readOnly?: boolean;
}

/** The account holder, as the account was before anything was erased. */
export interface DataSubject {
  id: string;
  username: string;
  email: string;
  nationalId: string | null;
}

/** Content of an export, by name. Each library adds its own: `declare module '@portillon/persistence'`. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- libraries fill it
export interface PersonalRecords {}

/** The personal data of one library. */
export interface PersonalDataSource {
  /** Without secrets. */
  export(subject: DataSubject): Promise<Partial<PersonalRecords>>;
  /** Deletes what would still identify the account holder, after everything that the account opened has ended. */
  erase(subject: DataSubject, tx: EntityManager): Promise<void>;
}

/** Whether `url` is of a MySQL or MariaDB server; every other text is a file of the embedded engine. */
export function isServerUrl(url: string): boolean {
  return /^(mysql|mariadb):\/\//.test(url);
}

/** Whether a transaction, a manager or a query runner is of the embedded engine, for SQL that differs by engine. */
export function isEmbedded({ dataSource }: { dataSource: DataSource }): boolean {
  return dataSource.options.type === 'better-sqlite3';
}
