import type { InjectionToken } from '@nestjs/common';
import { getMetadataArgsStorage } from 'typeorm';
import type { ValueTransformer } from 'typeorm';

/**
 * Classes of data. `public`: published, or shown to anyone. `internal`: not about a person. `personal`: about a
 * person, or identifies one. `secret`: gives access, or protects what does.
 */
export type DataClass = 'public' | 'internal' | 'personal' | 'secret';

/** Section of the page « Données personnelles » and, in it, the term for the data: `sessions.openSession`. */
type ShownAs = `${string}.${string}`;

/** Columns of one class. */
export interface ColumnGroup<Name extends string = string> {
  readonly class: DataClass;
  readonly names: readonly Name[];
  /** Required for personal and secret columns; `service`: a secret of the service, not of a person. */
  readonly shownAs?: ShownAs | 'service';
}

/** Gives access to the provider that has the effective options. */
export interface Providers {
  get<T>(token: InjectionToken<T>): T;
}

/** Milliseconds. */
export type Duration = number | ((providers: Providers) => number);

/** The columns of an entity: all its properties but relations, which are optional. */
type ColumnOf<E> = { [K in keyof E]-?: undefined extends E[K] ? never : K }[keyof E] & string;

type Constructor<T = object> = new (...args: never[]) => T;

/** The words of a text. */
type Words<Text extends string> = Text extends `${infer Head} ${infer Tail}` ? Head | Words<Tail> : Text;

/** Fails to compile while a column has no class; the error names the column. */
type Complete<Column, Declared> = [Exclude<Column, Declared>] extends [never]
  ? unknown
  : { withoutClass: Exclude<Column, Declared> };

/** Personal data of a table, and its purpose. */
export interface TableDeclaration {
  purpose: string;
  /** Retention of a row; `{name}` is one of `durations`. */
  kept: string;
  /** Durations that the page shows in a section of the columns. */
  durations?: Readonly<Record<string, Duration>>;
  legalBasis?: string;
  /** Durations that the signed statement of the deployment lists, by their names there. */
  stated?: Readonly<Record<string, string>>;
  /** Section of the page, for a table without a personal column. */
  section?: string;
  /**
   * A restored backup revives data that was open on its day. `emptied`: rows that give access, or that would be
   * processed a second time. `kept`: lasting data, and records of uses and failures.
   */
  afterRestore: 'emptied' | 'kept';
  /** `kept`: emptied after a restored backup, and still right after a loss of the last seconds. */
  afterLoss?: 'kept';
}

export interface Table extends TableDeclaration {
  entity: Constructor;
  columns: readonly ColumnGroup[];
}

/** Declares a table. A column without a class does not compile, nor does a class for a missing column. */
export function table<E extends object, const Groups extends readonly ColumnGroup<ColumnOf<E>>[]>(
  entity: Constructor<E>,
  declaration: TableDeclaration & {
    columns: Groups & Complete<ColumnOf<E>, Groups[number]['names'][number]>;
  },
): Table {
  return { entity, ...declaration };
}

/** Columns that are not about a person. */
export function internal<const Names extends string>(names: Names): ColumnGroup<Words<Names>> {
  return groupOf('internal', names);
}

/** Columns that are published, or shown to anyone. */
export function published<const Names extends string>(names: Names): ColumnGroup<Words<Names>> {
  return groupOf('public', names);
}

/** Columns about a person, or that identify one. */
export function personal<const Names extends string>(
  shownAs: ShownAs,
  names: Names,
): ColumnGroup<Words<Names>> {
  return { ...groupOf('personal', names), shownAs };
}

/** Columns that give access, or protect what does. */
export function secret<const Names extends string>(
  shownAs: ShownAs | 'service',
  names: Names,
): ColumnGroup<Words<Names>> {
  return { ...groupOf('secret', names), shownAs };
}

function groupOf<Names extends string>(one: DataClass, names: Names): ColumnGroup<Words<Names>> {
  return { class: one, names: names.split(' ') as Words<Names>[] };
}

/**
 * Returns the table of an entity, for raw SQL, with the prefix that the application may have set.
 *
 * @throws Error for an entity without a table
 */
export function tableNameOf(entity: abstract new (...args: never[]) => object): string {
  const [table] = getMetadataArgsStorage().filterTables(entity);
  if (!table?.name) throw new Error(`${entity.name} names no table`);
  return table.name;
}

/** Stores `true` or `false` as 1 or 0 in an integer column, on every engine. */
export const flag: ValueTransformer = { to: Number, from: Boolean };

/** Stores a list of words without spaces in one column: `pwd otp` is `['pwd', 'otp']`. */
export const stringList: ValueTransformer = {
  to: (list: readonly string[]) => list.join(' '),
  // Null: the row of an outer join without a match.
  from: (text: string | null) => (text ? text.split(' ') : []),
};
