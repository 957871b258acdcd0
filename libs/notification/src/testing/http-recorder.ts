import { createServer, Server } from 'node:http';
import { createServer as createTcpServer, Server as TcpServer, Socket } from 'node:net';

/** An HTTP server that accepts every message like Twilio, and records the forms and the connections. */
export class HttpRecorder {
  readonly forms: URLSearchParams[] = [];
  connections = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        this.forms.push(new URLSearchParams(body));
        response.writeHead(201, { 'content-type': 'application/json' }).end('{"sid":"SM1"}');
      });
    }).on('connection', () => this.connections++);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A TCP server that accepts every connection and says nothing, or says one thing and closes. */
export class MuteServer {
  readonly #sockets = new Set<Socket>();
  readonly #server: TcpServer;
  port = 0;
  connections = 0;

  constructor(words?: string) {
    this.#server = createTcpServer((socket) => {
      this.#sockets.add(socket);
      this.connections++;
      socket.on('error', () => undefined);
      if (words) socket.end(words);
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.port = (this.#server.address() as { port: number }).port;
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
