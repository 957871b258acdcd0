import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FhirResource, Organization } from 'fhir/r4';

const IDNPS = 'urn:oid:1.2.250.1.71.4.2.1';
const RPPS = 'https://rpps.esante.gouv.fr';
const FINESS = 'https://finess.esante.gouv.fr';
const OLD = '2020-01-01T00:00:00.000Z';

/** What a test may change of an entry. */
interface Entry {
  id?: string;
  active?: boolean;
  updated?: string;
}

/** A practitioner by the idNat_PS: of the RPPS (`8…`), of ADELI (`0…`), or both. */
export function practitionerOf(
  nationalIds: string[],
  {
    id = `p-${nationalIds[0]}`,
    active = true,
    updated = OLD,
    given = 'CLAIRE',
    family = 'MARTIN',
  }: Entry & {
    given?: string;
    family?: string;
  } = {},
): FhirResource {
  const identifier = nationalIds.flatMap((value) => [
    { system: IDNPS, value },
    ...(value.startsWith('8') ? [{ system: RPPS, value: value.slice(1) }] : []),
  ]);
  const name = [{ family, given: [given] }];
  return { resourceType: 'Practitioner', id, meta: { lastUpdated: updated }, active, identifier, name };
}

export function organizationOf(
  finess: string,
  {
    id = `o-${finess}`,
    active = true,
    updated = OLD,
    ...more
  }: Entry & Partial<Pick<Organization, 'name' | 'address' | 'partOf'>> = {},
) {
  const identifier = [{ system: FINESS, value: finess }];
  return {
    resourceType: 'Organization',
    id,
    meta: { lastUpdated: updated },
    active,
    identifier,
    ...more,
  } as FhirResource;
}

/** A role of a practitioner at a place, by their ids here. */
export function roleOf(
  practitioner: string,
  organization: string,
  {
    id = `${practitioner}.${organization}`,
    active = true,
    updated = OLD,
    end,
  }: Entry & { end?: string } = {},
): FhirResource {
  return {
    resourceType: 'PractitionerRole',
    id,
    meta: { lastUpdated: updated },
    active,
    practitioner: { reference: `Practitioner/${practitioner}` },
    organization: { reference: `Organization/${organization}` },
    ...(end && { period: { end } }),
  };
}

/** How the server answers one request, when not as it should. */
type FhirBehaviour = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A server of the shape of the FHIR API of the Annuaire Santé, with its known faults. */
export class FhirServer {
  resources: FhirResource[] = [];
  /** Path and query of each request. */
  readonly asked: string[] = [];
  /** Returns true when it has answered. */
  behaviour: FhirBehaviour = () => false;
  /** Entries of a page, whatever `_count` asks. */
  pageSize = 100;
  /** How the link to the next page is written. The public API names an internal host. */
  next: (host: string, path: string, offset: number) => string | undefined = (_, path, offset) =>
    `http://internal.cluster.local:8080/hapi${path}&_offset=${offset}`;
  atOnce = 0;
  mostAtOnce = 0;
  readonly #server: Server = createServer((request, response) => this.#answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/fhir/v2`;
  }

  /** Forgets requests and behaves again. */
  reset(): void {
    this.asked.length = 0;
    this.resources = [];
    this.pageSize = 100;
    this.mostAtOnce = 0;
    this.behaviour = () => false;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    response.on('close', () => this.atOnce--);
    const { pathname, search, searchParams } = new URL(request.url!, this.url);
    this.asked.push(decodeURIComponent(pathname.slice('/fhir/v2/'.length) + search));
    if (this.behaviour(request, response)) return;
    const type = pathname.split('/').at(-1)!;
    const offset = Number(searchParams.get('_offset') ?? 0);
    const found = this.#found(type, searchParams);
    const page = found.slice(offset, offset + this.pageSize);
    const rest = new URLSearchParams(searchParams);
    rest.delete('_offset');
    const isLast = offset + this.pageSize >= found.length;
    const url = isLast ? undefined : this.next(this.url, `/${type}?${rest}`, offset + this.pageSize);
    response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(
      JSON.stringify({
        resourceType: 'Bundle',
        type: 'searchset',
        total: found.length,
        ...(url !== undefined && { link: [{ relation: 'next', url }] }),
        entry: [...page, ...this.#included(page)].map((resource) => ({ resource })),
      }),
    );
  }

  #found(type: string, query: URLSearchParams): FhirResource[] {
    const since = query.get('_lastUpdated')?.slice('gt'.length) ?? '';
    const wanted = (query.get('identifier') ?? query.get('practitioner.identifier') ?? '').split(',');
    const ids = query.get('_id')?.split(',');
    const has = (one: FhirResource | undefined) =>
      one !== undefined &&
      'identifier' in one &&
      (ids?.includes(one.id!) ||
        [one.identifier ?? []].flat().some(({ system, value }) => wanted.includes(`${system}|${value}`)));
    return this.resources
      .filter((one) => one.resourceType === type && one.meta!.lastUpdated! > since)
      .filter((one) => has(one.resourceType === 'PractitionerRole' ? this.#at(one.practitioner) : one));
  }

  #included(page: FhirResource[]): FhirResource[] {
    const references = page.flatMap((one) =>
      one.resourceType === 'PractitionerRole' ? [this.#at(one.practitioner), this.#at(one.organization)] : [],
    );
    return [...new Set(references)].flatMap((one) => one ?? []);
  }

  #at(reference: { reference?: string } | undefined): FhirResource | undefined {
    return this.resources.find((one) => `${one.resourceType}/${one.id}` === reference?.reference);
  }
}
