import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

const COMPOUND = /BEGIN NOT ATOMIC/g;
/** As long, so that the packet around it stays sound; to the server, an error of syntax. */
const GARBLED = 'BEGIN NOT ATOMIQ';

/** The wire between the driver and a server, which a test may spoil. */
export class Wire {
  /** How many compound statements the server was asked to prepare. */
  compounds = 0;
  /** Whether the server is one that takes them: an older one finds an error of syntax. */
  takesCompounds = true;
  #breaksAt?: 'question' | 'answer';
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** A wire to the server of `url`. */
  static async to(url: string): Promise<Wire> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const own = new URL(url);
    own.port = String((server.address() as AddressInfo).port);
    const wire = new Wire(server, own.href);
    server.on('connection', (client) => wire.#join(client, connect(Number(new URL(url).port), '127.0.0.1')));
    return wire;
  }

  /** Breaks the connection of whoever asks next: before the server hears the question, or when it has answered. */
  breakAt(moment: 'question' | 'answer'): void {
    this.#breaksAt = moment;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #join(client: Socket, server: Socket): void {
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.setNoDelay();
      socket.on('error', () => undefined);
      socket.on('close', () => [client, server].forEach((one) => one.destroy()));
    }
    client.on('data', (data) => this.#passes('question', client) && server.write(this.#read(data)));
    server.on('data', (data) => this.#passes('answer', client) && client.write(data));
  }

  #passes(moment: 'question' | 'answer', client: Socket): boolean {
    if (this.#breaksAt !== moment) return true;
    this.#breaksAt = undefined;
    client.destroy();
    return false;
  }

  #read(data: Buffer): Buffer {
    const text = data.toString('latin1');
    this.compounds += text.match(COMPOUND)?.length ?? 0;
    return this.takesCompounds ? data : Buffer.from(text.replace(COMPOUND, GARBLED), 'latin1');
  }
}
