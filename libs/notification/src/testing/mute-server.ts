import { createServer, Server, Socket } from 'node:net';

/** A TCP server that accepts every connection and says nothing, or says one thing and closes. */
export class MuteServer {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  port = 0;
  connections = 0;

  constructor(words?: string) {
    this.#server = createServer((socket) => {
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
