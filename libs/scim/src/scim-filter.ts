import { ScimFailure } from './scim-failure';

/** By what an account is asked for. */
export interface ScimSearch {
  attribute: 'username' | 'externalid' | 'id';
  value: string;
}

const LONGEST = 512;
/**
 * Read here before any library: scimmy's own expression takes twice as long for each backslash of a text that does not
 * end, and 103 characters stop an instance for good. In this one each character can be read in one way alone.
 */
const COMPARISON =
  /^(?:urn:ietf:params:scim:schemas:core:2\.0:User:)?(userName|externalId|id) +eq +("(?:[^"\\]|\\.)*")$/i;

/**
 * One comparison, `eq`, of a name that is unique: what directories ask before they create (Entra, Okta). The value is a
 * parameter of a statement, never a part of one.
 *
 * @throws ScimFailure `invalidFilter`
 */
export function readFilter(text: string): ScimSearch {
  const [, attribute, literal] = (text.length <= LONGEST && COMPARISON.exec(text.trim())) || [];
  const value = literal === undefined ? undefined : unquoted(literal);
  if (attribute === undefined || value === undefined) throw notSupported();
  return { attribute: attribute.toLowerCase() as ScimSearch['attribute'], value };
}

/** The text of a JSON string (RFC 7644, 3.4.2.2); nothing when it is none, or holds a NUL, at which SQLite ends a text. */
function unquoted(literal: string): string | undefined {
  try {
    const value = JSON.parse(literal) as string;
    return value.includes('\0') ? undefined : value;
  } catch {
    return undefined;
  }
}

function notSupported(): ScimFailure {
  return new ScimFailure(400, 'invalidFilter', 'Supported: userName eq "…", externalId eq "…", id eq "…".');
}
