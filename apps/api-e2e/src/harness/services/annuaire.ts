import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the directory answers, when not as it should. */
export type AnnuaireMood = (response: ServerResponse, whole: string) => void;

const SYSTEM = 'https://rpps.esante.gouv.fr';

/**
 * A server shaped as the FHIR API of the Annuaire Santé: one search, by the identifier of a practitioner. The nightly
 * reading, which names a size of pages, finds nothing.
 */
export class Annuaire {
  /** The numbers of the RPPS that it knows. */
  readonly known = new Set<string>();
  /** Every number that it was asked about, in its order. */
  readonly asked: string[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  mood: AnnuaireMood | null = null;
  #server!: Server;

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      this.headers.push(request.headers);
      const { pathname, searchParams } = new URL(request.url!, 'http://annuaire.test');
      if (searchParams.has('_count')) return this.#answerFeed(response);
      const [system, rpps = ''] = searchParams.get('identifier')!.split('|');
      this.asked.push(rpps);
      const isWell = pathname === '/fhir/v2/Practitioner' && system === SYSTEM && request.method === 'GET';
      const whole = JSON.stringify(this.#answer(rpps));
      if (!isWell) response.writeHead(400).end();
      else if (this.mood) this.mood(response, whole);
      else response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(whole);
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The settings of a server that asks it. */
  get environment() {
    const { port } = this.#server.address() as AddressInfo;
    return {
      ANNUAIRE_URL: `http://127.0.0.1:${port}/fhir/v2`,
      ANNUAIRE_KEY: 'key-of-the-annuaire-of-the-tests',
      OUTBOUND_ALLOW: '127.0.0.1',
    };
  }

  #answerFeed(response: ServerResponse): void {
    response
      .writeHead(200, { 'content-type': 'application/fhir+json' })
      .end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total: 0 }));
  }

  #answer(rpps: string) {
    const base = 'https://gateway.api.esante.gouv.fr/fhir/v2';
    const found = this.known.has(rpps);
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      total: found ? 1 : 0,
      link: [{ relation: 'self', url: `${base}/Practitioner?identifier=${rpps}` }],
      ...(found && {
        entry: [
          { fullUrl: `${base}/Practitioner/003-1`, resource: practitioner(rpps), search: { mode: 'match' } },
        ],
      }),
    };
  }
}

/** As the guide of the Annuaire Santé shows one (profile `as-dp-practitioner`). */
function practitioner(rpps: string) {
  const type = (code: string) => ({
    coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code }],
  });
  return {
    resourceType: 'Practitioner',
    id: '003-1',
    meta: { source: 'https://annuaire.sante.fr' },
    language: 'fr',
    identifier: [
      { use: 'official', type: type('IDNPS'), system: 'urn:oid:1.2.250.1.71.4.2.1', value: `8${rpps}` },
      { use: 'official', type: type('RPPS'), system: SYSTEM, value: rpps },
    ],
    active: true,
    name: [{ text: 'Arthur Saucier', family: 'Saucier', given: ['Arthur'] }],
  };
}

/** The number of the RPPS with these ten digits before its key (Luhn). */
export function rppsNumber(index: number): string {
  const digits = String(1_000_000_000 + index);
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
