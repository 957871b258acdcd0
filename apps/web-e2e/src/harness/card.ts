import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, Server, type Surroundings } from './server';
import { test as base } from './test';

/** The throw-away cards of `tools/test-authority` that a browser here may hold. */
export type CardName = 'cps' | 'cpf' | 'stranger' | 'expired' | 'revoked' | 'service-card';

const MAKE = join(__dirname, '../../../../tools/test-authority/make.mjs');

/** Throw-away cards, and a port of the server's own where they are presented. */
export class CardDesk implements Surroundings {
  readonly scheme = 'https';
  readonly #folder = mkdtempSync(join(tmpdir(), 'portillon-web-cards-'));
  #port = 0;

  constructor() {
    execFileSync(process.execPath, [MAKE, this.#folder], { stdio: 'pipe' });
  }

  get url(): string {
    return `https://localhost:${this.#port}`;
  }

  origins = () => [this.url];

  ready = async () => {
    this.#port = await freePort();
    return {
      CPX_PORT: String(this.#port),
      CPX_TRUST_FILE: this.path('trust.pem'),
      CPX_CRL_FILES: this.path('authorities/persons.crl'),
      CPX_ALLOW_TEST_CARDS: 'true',
      TLS_CERT_FILE: this.path('server.pem'),
      TLS_KEY_FILE: this.path('server.key'),
    };
  };

  path(name: string): string {
    return join(this.#folder, name);
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

interface CardOptions {
  /** The card in the reader: the browser presents it wherever it is asked for one. */
  card: CardName | null;
}

/** Tests whose server takes cards, with a real handshake at a port of the card's own. */
export const testWithCards = base.extend<CardOptions, { around: { server: Server; desk: CardDesk } }>({
  around: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const desk = new CardDesk();
      const server = await Server.open(desk);
      await use({ server, desk });
      await server.close();
      desk.close();
    },
    { scope: 'worker' },
  ],
  server: [({ around }, use) => use(around.server), { scope: 'worker' }],
  // The lists of revoked cards are good for a week.
  apart: 0,
  card: [null, { option: true }],
  // No known authority signed the server's certificate.
  ignoreHTTPSErrors: true,
  clientCertificates: ({ around: { desk, server }, card }, use) =>
    use(
      card === null
        ? []
        : [desk.url, server.url].map((origin) => ({
            origin,
            certPath: desk.path(`cards/${card}.pem`),
            keyPath: desk.path(`cards/${card}.key`),
          })),
    ),
});
