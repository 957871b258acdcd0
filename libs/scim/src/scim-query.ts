import { ScimFailure } from './scim-error.filter';

/** The attributes that a filter may use. */
export interface ScimSearch<Attribute extends string> {
  attribute: Attribute;
  value: string;
}

const LONGEST = 512;
/**
 * Checked before any library: scimmy's expression takes twice as long for each backslash of unclosed text, so 103
 * characters stop an instance forever. This expression can match each character in one way only.
 */
const COMPARISON =
  /^(?:urn:ietf:params:scim:schemas:core:2\.0:(?:User|Group):)?([a-z]+) +eq +("(?:[^"\\]|\\.)*")$/i;

/** Attributes that every answer contains (RFC 7643, 7: `returned: always`). */
const ALWAYS = ['schemas', 'id'];
const MOST = 100;
const SCHEMA = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/;

type Resource = Record<string, unknown>;

/**
 * The filter of a query: one comparison, `eq`, of an attribute that is unique, as directories ask before they create
 * (Entra, Okta). The value is a parameter of a statement, never a part of one. Nothing where none is given.
 *
 * @throws ScimFailure `invalidFilter`
 */
export function readFilter<Attribute extends string>(
  { filter }: Record<string, unknown>,
  attributes: readonly Attribute[],
): ScimSearch<Attribute> | undefined {
  if (filter === undefined) return undefined;
  const text = typeof filter === 'string' && filter.length <= LONGEST ? filter.trim() : '';
  const [, name, literal] = COMPARISON.exec(text) ?? [];
  const attribute = attributes.find((one) => one.toLowerCase() === name?.toLowerCase());
  const value = literal === undefined ? undefined : unquoted(literal);
  if (attribute === undefined || value === undefined) throw notSupported(attributes);
  return { attribute, value };
}

/**
 * The text of a JSON string (RFC 7644, 3.4.2.2); undefined when it is invalid, or has a NUL, at which SQLite ends a text.
 */
function unquoted(literal: string): string | undefined {
  try {
    const value = JSON.parse(literal) as string;
    return value.includes('\0') ? undefined : value;
  } catch {
    return undefined;
  }
}

function notSupported(attributes: readonly string[]): ScimFailure {
  const supported = attributes.map((one) => `${one} eq "…"`).join(', ');
  return new ScimFailure(400, 'invalidFilter', `Supported: ${supported}.`);
}

/** Returns a resource with only the requested attributes, or without the excluded ones (RFC 7644, 3.9). */
export function selected(resource: Resource, query: Resource): Resource {
  const wanted = namesOf(query['attributes']);
  if (wanted.size > 0) return narrowed(resource, (path) => isAmong(wanted, path));
  const excluded = namesOf(query['excludedAttributes']);
  return narrowed(resource, (path) => !excluded.has(path));
}

function narrowed(resource: Resource, keeps: (path: string) => boolean): Resource {
  const members = Object.entries(resource).flatMap(([name, value]) => {
    const path = name.toLowerCase();
    if (ALWAYS.includes(path)) return [[name, value] as const];
    return keeps(path)
      ? [[name, partsOf(value, (part) => keeps(`${path}.${part.toLowerCase()}`))] as const]
      : [];
  });
  return Object.fromEntries(members);
}

function partsOf(value: unknown, keeps: (part: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => partsOf(one, keeps));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([part]) => keeps(part)));
}

/** An attribute is requested by its own name, by that of a part, or by that of its parent. */
function isAmong(wanted: ReadonlySet<string>, path: string): boolean {
  if (wanted.has(path) || wanted.has(path.split('.')[0]!)) return true;
  return [...wanted].some((one) => one.startsWith(`${path}.`));
}

/** Names in small letters, those of SCIM having no case, without the schema in front of them. */
function namesOf(value: unknown): ReadonlySet<string> {
  const text = [value]
    .flat()
    .filter((one) => typeof one === 'string')
    .join(',');
  const names = text
    .split(',')
    .slice(0, MOST)
    .map((name) => name.trim().toLowerCase().replace(SCHEMA, ''));
  return new Set(names.filter(Boolean));
}

/** The requested part of a list (RFC 7644, 3.4.2.4): from 1, at most 100. */
export function pageOf({ startIndex, count }: Record<string, unknown>): { offset: number; limit: number } {
  return { offset: numberOf(startIndex, 1, 1, 1_000_000) - 1, limit: numberOf(count, 100, 0, 100) };
}

/** The answer to a list. */
export function listOf(resources: object[], total: number, offset: number): object {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: total,
    startIndex: offset + 1,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

/** An invalid number, or one out of bounds, is brought within them, as the RFC requires. */
function numberOf(value: unknown, otherwise: number, least: number, most: number): number {
  const number = typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : otherwise;
  return Math.min(most, Math.max(least, number));
}
