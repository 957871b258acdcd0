import { createServer, IncomingHttpHeaders, request, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../people/answer.types';
import type { Stage } from '../server/stage';
import type { Visitor } from '../people/visitor';

const APP_HOST = 'app.test';
export const APP_ORIGIN = `http://${APP_HOST}`;
const PORTILLON = 'http://portillon.test';
const MOST_REDIRECTS = 10;
const NAVIGATION = { accept: 'text/html,*/*;q=0.8', 'sec-fetch-mode': 'navigate' };

export interface AppAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** Where a navigation ended. */
  url: string;
}

const echo: RequestListener = ({ method, url, headers }, answer) => {
  answer.setHeader('content-type', 'application/json');
  answer.end(JSON.stringify({ method, url, headers }));
};

/** An application that knows nothing of Portillon: it answers what reached it. */
export class EchoApplication {
  readonly #server: Server;

  constructor(listener: RequestListener = echo) {
    this.#server = createServer(listener);
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** One browser: the application through its proxy, and Portillon, each host with its own cookies. */
export class GatedBrowser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly proxyPort: number,
    /** The same browser at Portillon. */
    readonly portillon: Visitor,
  ) {}

  /** A navigation: every redirect is followed, wherever it leads. */
  async open(url: string): Promise<AppAnswer> {
    let at = url;
    for (let turn = 0; turn < MOST_REDIRECTS; turn += 1) {
      const answer = at.startsWith(PORTILLON)
        ? await this.#askPortillon(at)
        : await this.ask('GET', at.slice(APP_ORIGIN.length) || '/');
      if (answer.status !== 302 && answer.status !== 303) return { ...answer, url: at };
      at = new URL(answer.headers.location!, at).href;
    }
    throw new Error(`A circle at ${at}`);
  }

  /** One request to the application, the path and the headers to the letter. */
  ask(method: string, path: string, headers: Record<string, string | string[]> = {}): Promise<AppAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = { host: APP_HOST, ...NAVIGATION, ...(cookie && { cookie }), ...headers };
    return new Promise((resolve, reject) => {
      const options = { port: this.proxyPort, host: '127.0.0.1', method, path, headers: sent };
      const outgoing = request(options, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          this.#keep(incoming.headers['set-cookie'] ?? []);
          const text = Buffer.concat(chunks).toString();
          resolve({ status: incoming.statusCode!, headers: incoming.headers, text, url: APP_ORIGIN + path });
        });
      });
      outgoing.on('error', reject).end();
    });
  }

  async #askPortillon(url: string): Promise<AppAnswer> {
    const { status, headers, text } = await this.portillon.get(url.slice(PORTILLON.length), {
      headers: NAVIGATION,
    });
    return { status, headers, text, url };
  }

  #keep(lines: string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split('=');
      if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

const TOLD = { 'x-forwarded-proto': 'http', 'x-forwarded-host': APP_HOST };

/** The server's answer to Envoy about this browser's access to the application: as a program, or as a page. */
export function askGate(browser: Visitor, accept = 'application/json'): Promise<Answer> {
  const headers = { host: APP_HOST, 'x-forwarded-proto': 'http', accept };
  return browser.get('/api/gate/ext-authz/dossiers', { headers });
}

/**
 * Opens the application in a browser that is signed in to Portillon, which then has the application's own cookie. `steps`
 * takes the first redirects, `from` the last. Resolves to where it ends.
 */
export async function passGate(browser: Visitor, steps = 3, from?: string): Promise<string | undefined> {
  let location = from ?? (await askGate(browser, 'text/html')).headers.location;
  const redirects = [TOLD, {}, TOLD];
  for (const headers of from ? redirects.slice(-steps) : redirects.slice(0, steps)) {
    const { pathname, search } = new URL(location!, PORTILLON);
    ({ location } = (await browser.get(pathname + search, { headers })).headers);
  }
  return location;
}

export interface GateRuleRow {
  paths: string[];
  methods?: string[];
  access?: string;
  roles?: string[];
  acr?: string | null;
  maxAgeSeconds?: number | null;
}

const RULE = `INSERT INTO gateRule (id, applicationId, position, paths, methods, access, roles, structures, acr, maxAgeSeconds)
  VALUES (?, ?, ?, ?, ?, ?, ?, '[]', ?, ?)`;

/** Gives an application of the gate its rules. */
export async function setGateRules(stage: Stage, applicationId: string, rules: GateRuleRow[]): Promise<void> {
  await stage.database.execute('DELETE FROM gateRule WHERE applicationId = ?', [applicationId]);
  for (const [position, rule] of rules.entries()) {
    const { paths, methods = [], access = 'signed-in', roles = [], acr = null, maxAgeSeconds = null } = rule;
    const lists = [JSON.stringify(paths), JSON.stringify(methods), access, JSON.stringify(roles)];
    const id = `${applicationId.slice(0, -4)}${String(position).padStart(4, '0')}`;
    await stage.database.execute(RULE, [id, applicationId, position, ...lists, acr, maxAgeSeconds]);
  }
}
