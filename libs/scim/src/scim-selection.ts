/** Attributes that every answer contains (RFC 7643, 7: `returned: always`). */
const ALWAYS = ['schemas', 'id'];
const MOST = 100;
const SCHEMA = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/;

type Resource = Record<string, unknown>;

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
