import { Inject, Injectable } from '@nestjs/common';
import type { DirectoryState } from '@portillon/account';
import { SECOND, configurableModule } from '@portillon/kernel';
import { OutboundService } from '@portillon/outbound';

export interface DirectoryOptions {
  /** The FHIR R4 server of the Annuaire Santé; null: nothing is looked up. */
  annuaire: { url: string; key: string } | null;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: DIRECTORY_OPTIONS } =
  configurableModule<DirectoryOptions>();
export { ConfigurableModuleClass, DIRECTORY_OPTIONS };

const TIMEOUT_MS = 5 * SECOND;

/** The directory's answer about a national id, or the reason for a missing answer. */
export type DirectoryAnswer = { state: DirectoryState } | { failure: string };

/** How the Annuaire Santé marks a number of the RPPS among the identifiers of a practitioner. */
const RPPS_SYSTEM = 'https://rpps.esante.gouv.fr';

const RPPS_ID = /^8(\d{11})$/;

type Fields = Record<string, unknown>;

/** The Annuaire Santé of the Agence du Numérique en Santé, asked by FHIR R4 for one practitioner at a time. */
@Injectable()
export class PractitionerDirectoryService {
  constructor(
    private readonly outbound: OutboundService,
    @Inject(DIRECTORY_OPTIONS) private readonly options: DirectoryOptions,
  ) {}

  get isOffered(): boolean {
    return this.options.annuaire !== null;
  }

  /** Never throws for faults of the directory. Sends no request for an id that the directory cannot know. */
  async lookUp(nationalId: string): Promise<DirectoryAnswer> {
    const rpps = rppsOf(nationalId);
    if (rpps === undefined) return { state: 'unknown' };
    return this.options.annuaire ? this.#ask(this.options.annuaire, rpps) : { failure: 'not-configured' };
  }

  async #ask({ url, key }: { url: string; key: string }, rpps: string): Promise<DirectoryAnswer> {
    const address = `${url}/Practitioner?identifier=${encodeURIComponent(`${RPPS_SYSTEM}|${rpps}`)}`;
    const headers = { 'esante-api-key': key, accept: 'application/fhir+json', 'user-agent': 'Portillon' };
    const answer = await this.outbound.send(address, { method: 'GET', headers, timeoutMs: TIMEOUT_MS });
    if (answer.outcome === 'failed') return { failure: answer.reason };
    if (answer.status !== 200) return { failure: `status ${answer.status}` };
    const state = stateIn(answer.body, rpps);
    return state ? { state } : { failure: 'unexpected-answer' };
  }
}

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
