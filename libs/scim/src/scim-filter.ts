import { ScimFailure } from './scim-failure';

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
