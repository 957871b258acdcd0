import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Behaviour of the receiver; `hang`: never answers, `endless`: answers with an endless body. */
export type ReceiverMood =
  { status: number; headers?: Record<string, string>; body?: string } | 'hang' | 'endless';

/** A foreign HTTPS server on 127.0.0.1, which records its requests. */
export class HttpsReceiver {
  readonly requests: ReceivedRequest[] = [];
  /** Number of connections, whatever their result. */
  connections = 0;
  mood: ReceiverMood = { status: 200 };
  /** Behaviour for the next requests, in order, before {@link mood} applies. */
  readonly nextMoods: ReceiverMood[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'portillon-receiver-'));
  #server?: Server;

  /** Certificate authority (PEM) to trust: for localhost, hooks.example and its subdomains, and 127.0.0.1. */
  get certificate(): string {
    return readFileSync(this.certificateFile, 'utf8');
  }

  get certificateFile(): string {
    return join(this.#folder, 'server.pem');
  }

  get port(): number {
    return (this.#server!.address() as AddressInfo).port;
  }

  async start(): Promise<this> {
    makeCertificate(this.#folder);
    const tls = { cert: this.certificate, key: readFileSync(join(this.#folder, 'server.key')) };
    const server = createServer(tls, (request, response) => void this.#receive(request, response));
    server.on('connection', () => this.connections++);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve(undefined)));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Deletes the records and restores the default behaviour. */
  reset(): void {
    this.requests.length = 0;
    this.nextMoods.length = 0;
    this.connections = 0;
    this.mood = { status: 200 };
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    this.requests.push({ method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') });
    const mood = this.nextMoods.shift() ?? this.mood;
    if (mood === 'hang') return;
    if (mood === 'endless') return pour(response);
    response.writeHead(mood.status, mood.headers).end(mood.body);
  }
}

function pour(response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  };
  response.writeHead(200).on('drain', more);
  more();
}

function makeCertificate(folder: string): void {
  const names = 'DNS:localhost,DNS:hooks.example,DNS:*.hooks.example,IP:127.0.0.1';
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-keyout', join(folder, 'server.key'), '-out', join(folder, 'server.pem')],
      ...['-subj', '/CN=hooks.example', '-addext', `subjectAltName=${names}`],
    ],
    { stdio: 'ignore' },
  );
}
