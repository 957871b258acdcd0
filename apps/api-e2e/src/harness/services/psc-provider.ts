import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Environment } from '../server/server';

const PROGRAM = join(__dirname, '../../../../../tools/psc-provider/main.mjs');
const START_LIMIT_MS = 20_000;

/** How a token is made badly. */
export interface TokenMood {
  alg?: 'none' | 'HS256';
  /** Signed with a key that the provider does not publish, under the id of one that it does. */
  foreignKey?: boolean;
  claims?: Record<string, unknown>;
  without?: string[];
}

export interface Mood {
  idToken?: TokenMood;
  userinfo?: { signed?: TokenMood; claims?: Record<string, unknown> };
  audience?: string;
  discovery?: Record<string, unknown>;
  down?: ('discovery' | 'token' | 'userinfo' | 'jwks')[];
  /** Milliseconds before each answer. */
  delay?: Partial<Record<'discovery' | 'token' | 'userinfo' | 'jwks', number>>;
}

interface Ready {
  issuer: string;
  walletOrigin: string;
  discoveryUrl: string;
  clientId: string;
  clientSecret: string;
}

/** A real OpenID provider shaped like Pro Santé Connect, as a separate process. */
export class PscProvider {
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #asked = 0;

  private constructor(
    private readonly process: ChildProcess,
    readonly ready: Ready,
    private readonly args: readonly string[],
  ) {
    process.on('message', ({ id, value }: { id: number; value: unknown }) => this.#settle(id, value));
    process.on('exit', () => this.#waiting.forEach((_, id) => this.#settle(id, undefined)));
  }

  /** `tls`: a folder of `tools/test-authority`, where it knows the service by a certificate. */
  static async start(publicUrl: string, tls?: string): Promise<PscProvider> {
    return PscProvider.#run([PROGRAM, '--public-url', publicUrl, ...(tls ? ['--tls', tls] : [])]);
  }

  static async #run(args: readonly string[]): Promise<PscProvider> {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const lines = createInterface({ input: child.stdout! });
    const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(START_LIMIT_MS) })) as [string];
    return new PscProvider(child, JSON.parse(line) as Ready, args);
  }

  /** The settings by which a server uses it. */
  get environment(): Environment {
    const { discoveryUrl, clientId, clientSecret } = this.ready;
    return { PSC_DISCOVERY_URL: discoveryUrl, PSC_CLIENT_ID: clientId, PSC_CLIENT_SECRET: clientSecret };
  }

  /** Where people sign in. */
  get origin(): string {
    return this.ready.walletOrigin;
  }

  /** Its behaviour from now on. Default: correct. */
  async be(mood: Mood = {}): Promise<void> {
    await this.#ask('mood', mood);
  }

  /** A professional who can be picked from now on. */
  async knows(id: string, claims: Record<string, unknown>): Promise<void> {
    await this.#ask('person', { id, claims });
  }

  /** Where the service really listens, for what the provider sends to it. */
  async reaches(url: string): Promise<void> {
    await this.#ask('backend', url);
  }

  /** How often it was asked for something. */
  async asked(what: 'token' | 'userinfo' | 'jwks'): Promise<number> {
    return (await this.#ask('asked', what)) as number;
  }

  async rotateKeys(): Promise<void> {
    await this.#ask('rotate');
  }

  /** Signs any claims, such as those of a logout token. */
  async sign(claims: Record<string, unknown>, mood: TokenMood & { type?: string } = {}): Promise<string> {
    return (await this.#ask('sign', { claims, ...mood })) as string;
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exit = once(this.process, 'exit');
    this.process.kill(signal);
    await exit;
  }

  /** Starts another after one that ended, with new keys; it knows only the people that the demo offers. */
  again(): Promise<PscProvider> {
    const [port, wallet] = [this.ready.issuer, this.ready.walletOrigin].map((url) => new URL(url).port);
    return PscProvider.#run([...this.args, '--port', port!, '--wallet-port', wallet!]);
  }

  /** Undefined from a provider that ends before it answers. */
  #ask(act: string, value?: unknown): Promise<unknown> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, resolve);
      this.process.send({ id, act, value }, (error) => error && reject(error));
    });
  }

  #settle(id: number, value: unknown): void {
    this.#waiting.get(id)?.(value);
    this.#waiting.delete(id);
  }
}

/** A browser at the provider: it keeps the provider's cookies and follows its redirects. */
export class ProviderBrowser {
  readonly #cookies = new Map<string, string>();

  /** Goes where the service sent it, and picks a person. Resolves to where the provider sends it back to. */
  async signIn(url: string, person: string): Promise<URL> {
    const picking = await this.#follow(url);
    // A person is signed in there already.
    if (!picking.pathname.startsWith('/interaction/')) return picking;
    return this.#send(`${picking.href}/login`, new URLSearchParams({ person }));
  }

  async cancel(url: string): Promise<URL> {
    const picking = await this.#follow(url);
    return this.#send(`${picking.href}/abort`, new URLSearchParams());
  }

  /** Ends its session there. Resolves to where the provider sends it back to. */
  async signOut(url: string): Promise<URL> {
    const page = await this.#exchange('GET', url);
    const action = /action="([^"]+)"/.exec(page.text)![1]!;
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)![1]!;
    return this.#send(action, new URLSearchParams({ xsrf, logout: 'yes' }));
  }

  async #send(url: string, form: URLSearchParams): Promise<URL> {
    const answer = await this.#exchange('POST', url, form.toString());
    return this.#follow(new URL(answer.location!, url).href);
  }

  /** Until a page of the provider that asks something, or a place that is not the provider's. */
  async #follow(url: string): Promise<URL> {
    const place = new URL(url);
    if (place.hostname !== 'localhost' || place.pathname.startsWith('/interaction/')) return place;
    const answer = await this.#exchange('GET', url);
    if (!answer.location) throw new Error(`The provider answered ${answer.status}:\n${answer.text}`);
    return this.#follow(new URL(answer.location, url).href);
  }

  #exchange(method: string, url: string, body?: string) {
    const headers: Record<string, string> = {
      cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    return new Promise<{ status: number; location?: string; text: string }>((resolve, reject) => {
      const send = url.startsWith('https:') ? requestSecurely : request;
      const outgoing = send(url, { method, headers, rejectUnauthorized: false }, (incoming) => {
        const chunks: Buffer[] = [];
        this.#keep(incoming.headers['set-cookie'] ?? []);
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode!,
            location: incoming.headers.location,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  #keep(cookies: string[]): void {
    for (const cookie of cookies) {
      const [pair = '', ...attributes] = cookie.split('; ');
      const at = pair.indexOf('=');
      const over = attributes.some((one) => /^expires=Thu, 01 Jan 1970/i.test(one));
      if (over) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}
