import type { ImportContent } from '@portillon/account';
import { boundedCell, CellReader, ImportColumn, importContentOf, rolesOf } from '../imports/csv-columns';
import type { MoveInReason } from './move-in-texts';

/** A place in a structure, as written: a name, a FINESS or a SIRET. */
export interface MoveInMembership {
  structure: string;
  roles: string[];
  function?: string;
}

/** What a person had elsewhere; texts as written, which the move-in checks. */
export interface MoveInContent extends ImportContent {
  passwordDigest: string;
  phone: string;
  phoneVerifiedAt: string;
  preferredChannel: string;
  lastSignInAt: string;
  memberships: MoveInMembership[];
}

/** A person of a file, with what its reader found. */
export interface MoveInPerson {
  /** Line of the file where the person begins. */
  line: number;
  content: MoveInContent;
  reasons: MoveInReason[];
}

/** The cells of a person by column, from a format without a table. */
export type PersonFields = Partial<Record<ImportColumn, string>>;

export const COLUMNS: readonly ImportColumn[] = [
  'username',
  'email',
  'displayName',
  'firstName',
  'lastName',
  'roles',
  'structure',
  'locale',
  'nationalId',
  'passwordDigest',
  'phone',
  'phoneVerifiedAt',
  'preferredChannel',
  'lastSignInAt',
  'memberships',
];
const MOST_MEMBERSHIPS = 50;
const LONGEST_MEMBERSHIPS = 500;
const TOO_MANY: MoveInReason = { code: 'field', of: 'memberships' };

/** Reads `750712184=structure-admin | Clinique du Port` and the other columns of a person. */
export function moveInPerson(line: number, cell: CellReader): MoveInPerson {
  const places = cell('memberships');
  const memberships = places
    .split('|')
    .map(membershipOf)
    .filter(({ structure }) => structure !== '');
  const reasons = places.length > LONGEST_MEMBERSHIPS ? [TOO_MANY] : [];
  return { line, content: { ...importContentOf(cell), ...extrasOf(cell), memberships }, reasons };
}

/** As {@link moveInPerson}, of fields that are no cells of a table. */
export function personOfFields(line: number, fields: PersonFields): MoveInPerson {
  return moveInPerson(line, (column) => boundedCell(fields[column] ?? ''));
}

/** Reads an object of the JSON lines, whose members have the names of the columns. */
export function personOfJson(line: number, value: Readonly<Record<string, unknown>>): MoveInPerson {
  const { memberships = [], roles, ...texts } = value;
  const fields = { ...texts, ...(roles !== undefined && { roles: joined(roles) }) };
  const reasons = Object.entries(fields).flatMap(([key, text]): MoveInReason[] => {
    if (!(COLUMNS as readonly string[]).includes(key)) return [{ code: 'key', of: boundedCell(key) }];
    return text === null || typeof text === 'string' ? [] : [{ code: 'field', of: key }];
  });
  const textOf = (column: ImportColumn) => (fields as Record<string, unknown>)[column];
  const person = moveInPerson(line, (column) => {
    const text = textOf(column);
    return typeof text === 'string' ? boundedCell(text) : '';
  });
  const places = placesOf(memberships);
  const all = [...person.reasons, ...reasons, ...(places ? [] : [TOO_MANY])];
  return { line, content: { ...person.content, memberships: places ?? [] }, reasons: all };
}

function extrasOf(cell: CellReader) {
  return {
    passwordDigest: cell('passwordDigest'),
    phone: cell('phone'),
    phoneVerifiedAt: cell('phoneVerifiedAt'),
    preferredChannel: cell('preferredChannel'),
    lastSignInAt: cell('lastSignInAt'),
  };
}

function membershipOf(text: string): MoveInMembership {
  const [structure = '', roles = ''] = text.split('=');
  return { structure: structure.trim(), roles: rolesOf(roles) };
}

/** Nothing when it is no list of places. */
function placesOf(value: unknown): MoveInMembership[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_MEMBERSHIPS) return undefined;
  const places = value.map((one: unknown) => {
    const { structure, roles = [], function: post } = (one ?? {}) as Record<string, unknown>;
    const isRight = typeof structure === 'string' && (post === undefined || typeof post === 'string');
    if (!isRight || typeof joined(roles) !== 'string') return undefined;
    const place = { structure: boundedCell(structure), roles: rolesOf(joined(roles) as string) };
    return post === undefined ? place : { ...place, function: boundedCell(post) };
  });
  return places.every((place) => place !== undefined) ? places : undefined;
}

/** A list of texts as one cell; anything else unchanged. */
function joined(value: unknown): unknown {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(',') : value;
}
