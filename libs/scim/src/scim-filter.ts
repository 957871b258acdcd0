import SCIMMY from 'scimmy';
import { ScimFailure } from './scim-failure';

/** By what an account is asked for. */
export interface ScimSearch {
  attribute: 'username' | 'externalid' | 'id';
  value: string;
}

const LONGEST = 512;
const PREFIX = 'urn:ietf:params:scim:schemas:core:2.0:user:';
const ATTRIBUTES: readonly string[] = ['username', 'externalid', 'id'] satisfies ScimSearch['attribute'][];

/**
 * One comparison, `eq`, of a name that is unique: what directories ask before they create (Entra, Okta). The value is a
 * parameter of a statement, never a part of one.
 *
 * @throws ScimFailure `invalidFilter`
 */
export function readFilter(text: string): ScimSearch {
  const [condition, ...others] = parsed(text);
  const [comparison, ...more] = Object.entries(condition ?? {});
  if (!comparison || others.length > 0 || more.length > 0) throw notSupported();
  const attribute = comparison[0].toLowerCase().replace(PREFIX, '');
  const [operator, value, ...rest] = listOf(comparison[1]);
  if (!ATTRIBUTES.includes(attribute) || operator !== 'eq' || typeof value !== 'string' || rest.length > 0)
    throw notSupported();
  return { attribute: attribute as ScimSearch['attribute'], value };
}

function parsed(text: string): object[] {
  if (text.length > LONGEST) throw notSupported();
  try {
    return [...(new SCIMMY.Types.Filter(text) as unknown as Iterable<object>)];
  } catch {
    throw notSupported();
  }
}

/** A comparison of a part of an attribute is an object. */
function listOf(comparison: unknown): unknown[] {
  return Array.isArray(comparison) ? comparison : [];
}

function notSupported(): ScimFailure {
  return new ScimFailure(400, 'invalidFilter', 'Supported: userName eq "…", externalId eq "…", id eq "…".');
}
