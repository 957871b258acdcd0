import { Inject, Injectable } from '@nestjs/common';
import { Clock, DAY, HOUR, MINUTE, SECOND } from '@portillon/kernel';
import { OutboundService } from '@portillon/outbound';
import type { OutboundResult } from '@portillon/outbound';
import type { Bundle, FhirResource } from 'fhir/r4';
import { DIRECTORY_OPTIONS } from './practitioner-directory.service';
import type { DirectoryOptions } from './practitioner-directory.service';

type Answer = Extract<OutboundResult, { outcome: 'answered' }>;

const TIMEOUT_MS = 20 * SECOND;
/** Of a directory that does not say how long. */
const PAUSE_MS = 15 * MINUTE;
const REFUSED_PAUSE_MS = 6 * HOUR;
/** Pages of one search: ten people have few roles, so more is a loop or a mistake. */
const MOST_PAGES = 20;
const MOST_ENTRIES = 100;

/** The directory asks for patience, or gave no answer. */
export class DirectoryPause extends Error {
  constructor(
    cause: string,
    readonly milliseconds = PAUSE_MS,
    /** Whether another search may be answered. */
    readonly isOfSearch = false,
  ) {
    super(cause);
  }
}

/** Searches in the FHIR API of the Annuaire Santé, one request after the other. */
@Injectable()
export class DirectoryClientService {
  constructor(
    private readonly outbound: OutboundService,
    private readonly clock: Clock,
    @Inject(DIRECTORY_OPTIONS) private readonly options: DirectoryOptions,
  ) {}

  get isOffered(): boolean {
    return this.options.annuaire !== null;
  }

  /**
   * Returns all resources of a search, each once. Undefined: the answer is larger than 256 kB, or
   * its pages do not lead to the end, so that a smaller search is needed.
   *
   * @throws DirectoryPause when the directory gives no answer
   */
  async search(type: string, parameters: readonly [string, string][]): Promise<FhirResource[] | undefined> {
    const query = new URLSearchParams([...parameters, ['_count', String(MOST_ENTRIES)]]);
    const asked = new Set<string>();
    const found = new Map<string, FhirResource>();
    // The total counts an entry that comes twice.
    let matches = 0;
    let path: string | undefined = `/${type}?${query.toString()}`;
    while (path !== undefined) {
      if (asked.has(path) || asked.size === MOST_PAGES) return undefined;
      const page = await this.#page(path, asked.size === 0);
      if (!page) return undefined;
      asked.add(path);
      const entries = resourcesOf(page);
      matches += entries.filter((one) => one.resourceType === type).length;
      for (const one of entries) found.set(`${one.resourceType}/${one.id}`, one);
      path = hasAll(page, found, type) ? undefined : nextPath(page, type);
      if (path === undefined && matches < (page.total ?? 0)) return undefined;
    }
    return [...found.values()];
  }

  async #page(path: string, isFirst: boolean): Promise<Bundle | undefined> {
    const { url, key } = this.options.annuaire!;
    const headers = { 'esante-api-key': key, accept: 'application/fhir+json', 'user-agent': 'Portillon' };
    const request = { method: 'GET', headers, timeoutMs: TIMEOUT_MS } as const;
    const answer = await this.outbound.send(`${url}${path}`, request);
    if (answer.outcome === 'failed') {
      if (answer.reason === 'answer-too-large') return undefined;
      throw new DirectoryPause(answer.reason);
    }
    const pause = this.#pauseOf(answer);
    if (pause) throw pause;
    const page = answer.status === 200 ? bundleOf(answer.body) : undefined;
    // A link to a further page may be broken: a smaller search needs none.
    if (!page && isFirst)
      throw new DirectoryPause(`status ${answer.status} without a searchset`, PAUSE_MS, true);
    return page;
  }

  #pauseOf({ status, headers }: Answer): DirectoryPause | undefined {
    const cause = `status ${status}`;
    if (status === 429 || status === 503)
      return new DirectoryPause(cause, this.#retryAfterMs(headers['retry-after']));
    return status === 401 || status === 403 ? new DirectoryPause(cause, REFUSED_PAUSE_MS) : undefined;
  }

  /** Seconds or a date, at most a day. */
  #retryAfterMs(header = ''): number {
    const wanted = /^\d{1,9}$/.test(header)
      ? Number(header) * SECOND
      : Date.parse(header) - this.clock.now().getTime();
    return Number.isNaN(wanted) ? PAUSE_MS : Math.min(Math.max(wanted, MINUTE), DAY);
  }
}

function bundleOf(body: string): Bundle | undefined {
  try {
    const value = JSON.parse(body) as Partial<Bundle> | null;
    return value?.resourceType === 'Bundle' && value.type === 'searchset' ? (value as Bundle) : undefined;
  } catch {
    return undefined;
  }
}

function resourcesOf({ entry }: Bundle): FhirResource[] {
  const entries: unknown[] = Array.isArray(entry) ? entry : [];
  return entries.flatMap((one) => {
    const resource = (one as { resource?: Partial<FhirResource> } | null)?.resource;
    return typeof resource?.id === 'string' && typeof resource.resourceType === 'string'
      ? [resource as FhirResource]
      : [];
  });
}

/** Then a further link, which may lead back to this page, is not followed. */
function hasAll({ total }: Bundle, found: ReadonlyMap<string, FhirResource>, type: string): boolean {
  return (
    total !== undefined && [...found.values()].filter((one) => one.resourceType === type).length >= total
  );
}

/**
 * The link to the next page below the address of the settings: the directory names an internal host and a missing path
 * (issue 393 of the Annuaire Santé).
 */
function nextPath({ link }: Bundle, type: string): string | undefined {
  const links: unknown[] = Array.isArray(link) ? link : [];
  const next = links.find((one) => (one as { relation?: unknown } | null)?.relation === 'next');
  const url = (next as { url?: unknown } | undefined)?.url;
  if (typeof url !== 'string' || !url.includes('?')) return undefined;
  const [path, query] = [url.slice(0, url.indexOf('?')), url.slice(url.indexOf('?'))];
  return path.endsWith(`/${type}`) ? `/${type}${query}` : query;
}
