import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Surroundings } from './server';
import { test as base } from './test';

/** A program beside the server that takes webhooks. */
export class Receiver implements Surroundings {
  readonly scheme = 'http';
  /** What it answers. */
  answer = 204;
  /** The `webhook-id` of each request, in order. */
  readonly taken: unknown[] = [];
  readonly #server = createServer((request, response) => {
    this.taken.push(request.headers['webhook-id']);
    request.resume();
    response.writeHead(this.answer).end();
  });

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/portillon`;
  }

  origins = () => [];

  ready = async () => {
    if (!this.#server.listening) await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return { OUTBOUND_ALLOW: '127.0.0.1' };
  };

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** Tests whose server may ask a receiver of webhooks beside it. */
export const testWithReceiver = base.extend<
  { receiver: Receiver },
  { around: { server: Server; receiver: Receiver } }
>({
  around: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const receiver = new Receiver();
      const server = await Server.open(receiver);
      await use({ server, receiver });
      await server.close();
      receiver.stop();
    },
    { scope: 'worker' },
  ],
  server: [({ around }, use) => use(around.server), { scope: 'worker' }],
  receiver: ({ around }, use) => use(around.receiver),
});
