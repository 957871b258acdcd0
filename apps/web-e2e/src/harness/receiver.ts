import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Surroundings } from './server';
import { test as base } from './test';

type Settings = Record<string, string>;

/** A program beside the server that takes its requests, such as webhooks, and answers by a status. */
export class Receiver implements Surroundings {
  readonly scheme = 'http';
  /** The `webhook-id` of each request, in order. */
  readonly taken: unknown[] = [];
  readonly #server = createServer((request, response) => {
    this.taken.push(request.headers['webhook-id']);
    request.resume();
    response.writeHead(this.answer).end();
  });

  constructor(
    public answer: number,
    private readonly settings: (url: string) => Settings,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/portillon`;
  }

  origins = () => [];

  ready = async () => {
    if (!this.#server.listening) await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return { OUTBOUND_ALLOW: '127.0.0.1', ...this.settings(this.url) };
  };

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

const withReceiver = (answer: number, settings: (url: string) => Settings) =>
  base.extend<{ receiver: Receiver }, { around: { server: Server; receiver: Receiver } }>({
    around: [
      // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
      async ({}, use) => {
        const receiver = new Receiver(answer, settings);
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

/** Tests whose server may ask a receiver of webhooks beside it. */
export const testWithReceiver = withReceiver(204, () => ({}));

/** Tests whose server has one provider of SMS, a Kannel, which is out of order. */
export const testWithoutSms = withReceiver(503, (url) => ({
  KANNEL_URL: url,
  KANNEL_USERNAME: 'portillon',
  KANNEL_PASSWORD: 'Orientation-Demo-2026',
  KANNEL_SENDER: 'Portillon',
}));
