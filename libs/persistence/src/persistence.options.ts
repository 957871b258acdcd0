import type { Type } from '@nestjs/common';
import type { MigrationInterface } from 'typeorm';
import type { PersonalDataSource } from './personal-data.types';
import type { Table } from './table';

type Constructor<T = object> = new (...args: never[]) => T;

/** What one library declares of its part of the database. */
export interface PersistenceDeclaration {
  tables: readonly Table[];
  migrations: (new () => MigrationInterface)[];
  /** Exports and erases the personal data of the tables, or the reason why nothing does. */
  personalData: Type<PersonalDataSource> | { none: string };
  /** The columns that record which key of the deployment made their values. */
  keyed?: KeyedColumn[];
  /** The tables with whose rows the account that serves may not do everything. */
  restricted?: RestrictedTable[];
}

/** Made by {@link persistencePart}. */
export interface PersistencePart extends PersistenceDeclaration {
  entities: Constructor[];
}

/** The tables of one library, for `PersistenceModule.forRoot({ parts })`. */
export function persistencePart(declaration: PersistenceDeclaration): PersistencePart {
  return { ...declaration, entities: declaration.tables.map(({ entity }) => entity) };
}

/** What the account that serves may do with the rows of a table. */
export interface RestrictedTable {
  entity: Constructor;
  rights: readonly RowRight[];
  /** The columns alone that it may change. */
  changes?: readonly string[];
}

export type RowRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/** A column whose texts begin with the id of the key that made them, and a point: what `Keyring` seals and digests. */
export interface KeyedColumn {
  entity: Constructor;
  property: string;
  /** What an operator calls its rows, in the plural. */
  what: string;
  /** Whether a younger key vouches for them, so that they are good with their own one gone. */
  vouched?: boolean;
}

/**
 * Encryption on the way to a server. `required`: encrypted, with any server. `verify`: the certificate must also be for
 * the host of the URL and signed by `ca` (PEM), or by an authority that Node trusts.
 */
export interface DatabaseTls {
  mode: 'off' | 'required' | 'verify';
  ca?: string;
}

export interface PersistenceOptions {
  /** `mysql://user:pass@host:3306/db`, or a file path, `sqlite:path` or `:memory:` for the embedded engine. */
  url: string;
  parts: Pick<PersistencePart, 'entities' | 'migrations'>[];
  /** Whether the application makes and changes its tables as it starts. Without it `MigratorService.migrate()` does. */
  migrate?: boolean;
  /** Connections to MySQL or MariaDB, of this one pool: 10 by default. */
  poolSize?: number;
  /** Off by default. */
  tls?: DatabaseTls;
  /** `mysql://…` of a replica, reached by the same `tls`: reports are read there. */
  replicaUrl?: string;
  /** Whether the server refuses what its connections would write. */
  readOnly?: boolean;
}

/** Whether `url` names a MySQL or MariaDB server; every other text is a file of the embedded engine. */
export function isServerUrl(url: string): boolean {
  return /^(mysql|mariadb):\/\//.test(url);
}
