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
