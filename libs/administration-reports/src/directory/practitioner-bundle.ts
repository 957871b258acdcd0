import type { DirectoryState } from '@portillon/account';

/** How the Annuaire Santé marks a number of the RPPS among the identifiers of a practitioner. */
export const RPPS_SYSTEM = 'https://rpps.esante.gouv.fr';
const RPPS_ID = /^8(\d{11})$/;

/** The number of the RPPS within a national id (idNat_PS); nothing where it is another kind: ADELI, FINESS, SIREN. */
export function rppsOf(nationalId: string): string | undefined {
  return RPPS_ID.exec(nationalId)?.[1];
}

/**
 * Returns the state of a number in the directory's answer. Undefined for an incomplete answer: a truncated page, another
 * practitioner, no FHIR. Only a declared empty answer means « unknown ».
 */
export function stateIn(body: string, rpps: string): DirectoryState | undefined {
  const bundle = parsed(body);
  if (bundle?.['resourceType'] !== 'Bundle' || bundle['type'] !== 'searchset') return undefined;
  const entries: unknown[] = Array.isArray(bundle['entry']) ? bundle['entry'] : [];
  const bearer = entries.map(resourceOf).find((resource) => isOf(resource, rpps));
  if (bearer) return bearer['active'] === false ? 'not-found' : 'found';
  return bundle['total'] === 0 && entries.length === 0 ? 'not-found' : undefined;
}

type Fields = Record<string, unknown>;

function parsed(body: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function resourceOf(entry: unknown): Fields {
  const resource = isObject(entry) ? entry['resource'] : undefined;
  return isObject(resource) ? resource : {};
}

function isOf(resource: Fields, rpps: string): boolean {
  if (resource['resourceType'] !== 'Practitioner' || !Array.isArray(resource['identifier'])) return false;
  return resource['identifier'].some(
    (one: unknown) => isObject(one) && one['system'] === RPPS_SYSTEM && one['value'] === rpps,
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
