import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

const HEAD_END = '\r\n\r\n';

/** For how long a server of the bench keeps an idle connection: a side may wait for its turn longer than Node's 5 s. */
export const KEPT_MS = 120_000;

const closed = () => new Error('The server closed the connection');

/** The bytes of one HTTP/1.1 request, made once where it is sent many times. */
export function requestBytes(method, path, headers = {}, body = undefined) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const all = { host: '127.0.0.1', ...headers };
  if (body !== undefined) {
    all['content-type'] = 'application/json';
    all['content-length'] = Buffer.byteLength(text);
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}${HEAD_END}${text}`);
}

/**
 * One keep-alive connection, one request at a time. Less work per request than a general client does: the
 * driver shares the machine with what it measures, and what it takes would hide a difference between sides.
 */
export class HttpConnection {
  #socket;
  #received = Buffer.alloc(0);
  #waiting;

  static async open(port) {
    const connection = new HttpConnection();
    await connection.#connect((done) => connect({ port, host: '127.0.0.1', noDelay: true }, done));
    return connection;
  }

  /** With a handshake of its own; `tls` as `tls.connect` takes it: the name asked for, a card's certificate and key. */
  static async openSecure(port, tls) {
    const connection = new HttpConnection();
    const options = { ...tls, port, host: '127.0.0.1', rejectUnauthorized: false };
    await connection.#connect((done) => connectSecurely(options, done));
    return connection;
  }

  /** Resolves to the whole answer; rejects when the connection ends before. */
  send(bytes) {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(closed());
      this.#waiting = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  close() {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #connect(open) {
    return new Promise((resolve, reject) => {
      this.#socket = open(resolve);
      this.#socket.on('data', (chunk) => this.#take(chunk));
      this.#socket.on('error', (error) => (reject(error), this.#fail(error)));
      this.#socket.on('close', () => this.#fail(closed()));
    });
  }

  #fail(error) {
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }

  #take(chunk) {
    this.#received = this.#received.length ? Buffer.concat([this.#received, chunk]) : chunk;
    const answer = parseAnswer(this.#received);
    if (!answer) return;
    this.#received = Buffer.alloc(0);
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    resolve(answer);
  }
}

function parseAnswer(bytes) {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = bytes.latin1Slice(0, headEnd);
  const status = Number(head.slice(9, 12));
  const body = parseBody(head, status, bytes.subarray(headEnd + HEAD_END.length));
  return body === undefined ? undefined : { status, head, body };
}

function parseBody(head, status, rest) {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (length) return rest.length < Number(length[1]) ? undefined : rest.utf8Slice(0, Number(length[1]));
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return dechunk(rest);
  return status === 204 || status === 304 ? '' : undefined;
}

function dechunk(rest) {
  const parts = [];
  for (let at = 0; ;) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(rest.latin1Slice(at, lineEnd), 16);
    if (rest.length < lineEnd + 2 + size + 2) return undefined;
    if (size === 0) return Buffer.concat(parts).toString('utf8');
    parts.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

/** The cookies that an answer sets, as the next request's `Cookie` header; those it clears are left out. */
export function cookiesOf(head) {
  const pairs = [...head.matchAll(/\r\nset-cookie: *([^=\r\n]+=[^;\r\n]+)/gi)].map((match) => match[1]);
  return pairs.join('; ');
}
