import type { InjectionToken } from '@nestjs/common';

/**
 * `public`: published, or shown to anyone. `internal`: says nothing of a person. `personal`: says something of a person,
 * or finds one. `secret`: opens something, or protects what does.
 */
export const DATA_CLASSES = ['public', 'internal', 'personal', 'secret'] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

/** A section of the page « Données personnelles » and, in it, a term for the data: `sessions.openSession`. */
type ShownAs = `${string}.${string}`;

/** A column that people read of. */
export interface ShownColumn {
  readonly class: 'personal' | 'secret';
  /** `service`: a secret of the service, and of no person. */
  readonly shownAs: ShownAs | 'service';
  readonly note?: string;
}

export type ColumnData = 'public' | 'internal' | ShownColumn;

/** Reads the options in force from the provider that applies them. */
export interface Providers {
  get<T>(token: InjectionToken<T>): T;
}

/** Milliseconds. */
export type Duration = number | ((providers: Providers) => number);

/** The columns of an entity: all its properties but relations, which are optional. */
type ColumnOf<E> = { [K in keyof E]-?: undefined extends E[K] ? never : K }[keyof E] & string;

type Constructor<T = object> = new (...args: never[]) => T;

/** What a table holds of people, and why. */
export interface TableDeclaration<Column extends string = string> {
  purpose: string;
  /** How long a row is kept; `{name}` is one of `durations`. */
  kept: string;
  /** Each is shown by the section of the page that the columns are shown in. */
  durations?: Readonly<Record<string, Duration>>;
  legalBasis?: string;
  /** Durations that the signed statement of the deployment lists, by its name for them. */
  stated?: Readonly<Record<string, string>>;
  /** The section that describes a table without a personal column. */
  section?: string;
  /**
   * A restored backup revives what was open on its day. `emptied`: what lets someone in, or would be done a second time.
   * `kept`: what lasts, and what records that something was used already, or failed.
   */
  afterRestore: 'emptied' | 'kept';
  columns: Readonly<Record<Column, ColumnData>>;
}

export interface Table extends TableDeclaration {
  entity: Constructor;
}

/** A table with its declaration: a column that is missing in it does not compile. */
export function table<E extends object>(
  entity: Constructor<E>,
  declaration: TableDeclaration<ColumnOf<E>>,
): Table {
  return { entity, ...declaration };
}

/** A column that says something of a person, or finds one. */
export function personal(shownAs: ShownAs, note?: string): ShownColumn {
  return { class: 'personal', shownAs, ...(note && { note }) };
}

/** A column that opens something, or protects what does. */
export function secret(shownAs: ShownColumn['shownAs'], note?: string): ShownColumn {
  return { class: 'secret', shownAs, ...(note && { note }) };
}
