import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type {
  AdministratorEntry,
  ApplicationEntry,
  LegalNoticeEntry,
  StructureEntry,
  WebhookEntry,
} from './configuration.dto';

/** In the order in which they are applied: each refers only to earlier ones. */
export const SECTIONS = ['structures', 'applications', 'webhooks', 'administrators', 'legalNotice'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** The content of a file. Sections that are left out, and items that no section lists, stay unchanged. */
export interface Configuration {
  version: 1;
  structures?: StructureEntry[];
  applications?: ApplicationEntry[];
  webhooks?: WebhookEntry[];
  administrators?: AdministratorEntry[];
  legalNotice?: LegalNoticeEntry;
}

/** One field that is not so yet. Never a secret: of one, its reference. */
export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

/** The result of one entry. */
export interface EntryChange {
  section: SectionName;
  /** The name that users know; empty when there is only one. */
  name: string;
  kind: 'created' | 'changed' | 'left-alone';
  fields: FieldChange[];
}

/** Reads a secret by its reference, such as `env:NAME`; nothing when it names nothing that is set. */
export type SecretReader = (reference: string) => string | undefined;

/** The result of an entry, with its row: two entries of one row contradict each other. */
export interface AppliedEntry extends Pick<EntryChange, 'name' | 'kind' | 'fields'> {
  id: string;
}

/** One section of the file. */
export interface ConfiguredSection<Entry> {
  /**
   * Applies the entry, in the same transaction as all others. @throws AppError `validation.failed`, and the errors of an
   * administrator's same action
   */
  apply(entry: Entry, secrets: SecretReader, tx: EntityManager): Promise<AppliedEntry>;
  /** Exports the present state as entries that would change nothing. */
  export(): Promise<Entry[] | Entry>;
}

/** Requested values that differ from the present ones; omitted fields stay unchanged. */
export function fieldChanges(before: object, asked: object): FieldChange[] {
  const present = before as Record<string, unknown>;
  return Object.entries(asked).flatMap(([field, to]: [string, unknown]) => {
    const from = present[field];
    return to === undefined || isDeepStrictEqual(from, to) ? [] : [{ field, from, to }];
  });
}

/** Returns the requested values that differ from the present ones. */
export function asked(changes: readonly FieldChange[]): Record<string, unknown> {
  return Object.fromEntries(changes.map(({ field, to }) => [field, to]));
}

/** The reference that an export writes for a secret that it never shows: `env:WEBHOOK_SECRET_ANNUAIRE`. */
export function secretName(kind: 'APPLICATION' | 'WEBHOOK', ...names: (string | null)[]): string {
  const words = names.filter((name) => name !== null).map(wordOf);
  return `env:${[kind, 'SECRET', ...words].join('_')}`;
}

function wordOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
  return plain.replace(/[^A-Z0-9]+/g, '_').replace(/^_|_$/g, '');
}
