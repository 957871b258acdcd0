import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { Server, type Surroundings } from './server';
import { test as base } from './test';

const GUIDE = join(__dirname, '../../../../docs/guide/integrate/browser.md');
const PARTS: Readonly<Record<string, string>> = {
  'oidc-client-ts.min.js': require
    .resolve('oidc-client-ts')
    .replace('umd/oidc-client-ts.js', 'browser/oidc-client-ts.min.js'),
  'swagger-ui-bundle.js': require.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  'swagger-ui.css': require.resolve('swagger-ui-dist/swagger-ui.css'),
};
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
};

/** The pages of the guide beside the server, on a separate origin, with the libraries that they name. */
export class BrowserParties implements Surroundings {
  readonly scheme = 'http';
  /** The application that the pages say they are. */
  clientId = '';
  #issuer = '';
  readonly #server = createServer((request, response) => {
    const name = new URL(request.url!, 'http://localhost').pathname.slice(1);
    const content = this.#contentOf(name);
    response.writeHead(content ? 200 : 404, { 'content-type': TYPES[extname(name)] ?? 'text/plain' });
    response.end(content);
  });

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  origins = () => [this.url];

  ready = async (issuer: string) => {
    this.#issuer = issuer;
    if (!this.#server.listening) await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return {};
  };

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #contentOf(name: string): string | undefined {
    if (PARTS[name]) return readFileSync(PARTS[name], 'utf8');
    return blockOf(name)
      ?.replaceAll('https://portillon.example', this.#issuer)
      .replaceAll('<client-id>', this.clientId);
  }
}

/** The page whose second line names it, or the document of the API. */
function blockOf(name: string): string | undefined {
  const blocks = [...readFileSync(GUIDE, 'utf8').matchAll(/^```(\w+)\n(.*?)^```/gms)];
  const found = blocks.find(([, language, text]) =>
    name === 'openapi.json' ? language === 'json' : text!.includes(`<!-- ${name} -->`),
  );
  return found?.[2];
}

/** Tests whose server has the guide's pages beside it. */
export const testWithBrowserParties = base.extend<
  { parties: BrowserParties },
  { around: { server: Server; parties: BrowserParties } }
>({
  around: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const parties = new BrowserParties();
      const server = await Server.open(parties);
      await use({ server, parties });
      await server.close();
      parties.stop();
    },
    { scope: 'worker' },
  ],
  server: [({ around }, use) => use(around.server), { scope: 'worker' }],
  parties: ({ around }, use) => use(around.parties),
  // The pages keep the machine's time.
  apart: 0,
});
