import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@portillon/testing/servers';
import type { Answer } from './answer.types';
import { describeWith, find } from '../services/programs';
import type { Visitor } from './visitor';

const TOOLS = join(__dirname, '../../../../../tools/test-authority');
const NGINX = find('nginx');
export const PROXY_SECRET = 'proof-of-the-proxy-of-the-tests';

export const describeWithNginx = describeWith('nginx', Boolean(NGINX), 'nginx-light');

export interface Presenting {
  /** The route. Default: `/api/sign-in/cpx`. */
  path?: string;
  body?: unknown;
  /** Sent as it is instead of `body`. */
  raw?: string;
  headers?: Readonly<Record<string, string | string[] | undefined>>;
  /** The name that the browser asks for in TLS. */
  host?: string;
  method?: string;
}

/** Cards, a reader, and a place to present them with a real handshake. */
export class CardDesk {
  readonly folder = mkdtempSync(join(tmpdir(), 'portillon-desk-'));
  #nginx?: ChildProcess;

  constructor(host: string) {
    execFileSync(process.execPath, [join(TOOLS, 'make.mjs'), this.folder, host], { stdio: 'pipe' });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  text(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** As nginx hands it over. */
  header(card: string): string {
    return encodeURIComponent(this.text(`cards/${card}.pem`));
  }

  /** The settings of a server that takes these cards. */
  get settings(): Record<string, string> {
    return {
      CPX_TRUST_FILE: this.path('trust.pem'),
      CPX_CRL_FILES: this.path('authorities/persons.crl'),
      CPX_ALLOW_TEST_CARDS: 'true',
    };
  }

  /** Presents a card, or none, at `url`, as the page of `browser` does. */
  present(browser: Visitor, url: string, card: string | null, how: Presenting = {}): Promise<Answer> {
    const at = browser.through(url);
    const file = (kind: string) => (card ? readFileSync(this.path(`cards/${card}.${kind}`)) : undefined);
    const host = how.host ?? 'localhost';
    const method = how.method ?? 'POST';
    const body = method === 'POST' ? (how.body ?? {}) : undefined;
    const tls = { cert: file('pem'), key: file('key'), servername: host, agent: false as const };
    const headers = { host, 'sec-fetch-site': 'same-site', ...how.headers };
    return at
      .send(method, how.path ?? '/api/sign-in/cpx', body, {
        headers,
        ...(how.raw !== undefined && { raw: how.raw }),
        tls: { ...tls, rejectUnauthorized: false },
      })
      .finally(() => at.cookies.forEach((value, name) => browser.cookies.set(name, value)));
  }

  /** Where the nginx of {@link startNginx} has what `docker/nginx/instance.sh` needs. */
  get nginxFiles() {
    return { INSTANCES: this.path('nginx/instances/api.conf'), PID: this.path('nginx/nginx.pid') };
  }

  /** Starts nginx with the configuration of `docker/nginx` before the API, or several. Resolves to its port. */
  async startNginx(api: string | string[], host: string, cardHost: string): Promise<number> {
    const [http, https] = [await freePort(), await freePort()];
    const origin = `https://${host}`;
    const values = { host, cardHost, api, http, https, origin, secret: PROXY_SECRET };
    const args = [join(TOOLS, 'nginx.mjs'), this.folder, JSON.stringify(values)];
    const file = execFileSync(process.execPath, args).toString().trim();
    this.#nginx = spawn(NGINX ?? 'nginx', ['-p', this.path('nginx'), '-c', file], { stdio: 'inherit' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    return https;
  }

  async close(): Promise<void> {
    if (this.#nginx?.kill('SIGTERM')) await once(this.#nginx, 'exit');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Links an account to the national id of a card. */
export async function linkTo(
  stage: { database: { execute(sql: string, values: string[]): Promise<number> } },
  accountId: string,
  nationalId: string,
): Promise<void> {
  await stage.database.execute('UPDATE account SET nationalId = NULL WHERE nationalId = ?', [nationalId]);
  await stage.database.execute('UPDATE account SET nationalId = ? WHERE id = ?', [nationalId, accountId]);
}
