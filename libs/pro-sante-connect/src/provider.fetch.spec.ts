import { once } from 'node:events';
import { createServer, RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { providerFetch } from './provider.fetch';

describe('what PSC is asked', () => {
  let server: Server;
  let url: string;
  let answer: RequestListener;
  const sockets = new Set<Socket>();
  const ask = providerFetch();
  const options = (signal?: AbortSignal) => ({
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ code: 'c' }),
    redirect: 'manual' as const,
    signal,
  });
  const answered: RequestListener = (request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'text/x').end('yes'));
  };

  beforeEach(async () => {
    answer = answered;
    server = createServer((request, response) => answer(request, response));
    server.on('connection', (socket) => sockets.add(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    sockets.clear();
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  it('goes over a connection that is kept', async () => {
    for (let time = 0; time < 3; time++) {
      const response = await ask(url, options());
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/x']);
      expect(await response.text()).toBe('yes');
    }
    expect(sockets.size).toBe(1);
  });

  it('goes again, once, over a new connection when PSC closed the kept one under it', async () => {
    await ask(url, options());
    answer = (request, response) => {
      answer = answered;
      request.socket.resetAndDestroy();
      response.destroy();
    };
    expect(await (await ask(url, options())).text()).toBe('yes');
    expect(sockets.size).toBe(2);
  });

  it('does not go again when a new connection breaks: whoever asks is told', async () => {
    let asked = 0;
    answer = (request) => {
      asked++;
      request.socket.resetAndDestroy();
    };
    await expect(ask(url, options())).rejects.toThrow('fetch failed');
    expect(asked).toBe(1);
  });

  it('waits no longer than it is told to', async () => {
    answer = () => undefined;
    await expect(ask(url, options(AbortSignal.timeout(50)))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('follows nobody elsewhere', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://evil.example/' }).end();
    expect((await ask(url, options())).status).toBe(302);
  });
});
