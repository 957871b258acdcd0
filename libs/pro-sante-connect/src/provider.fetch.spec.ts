import { once } from 'node:events';
import { createServer, RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { allowInsecureRequests, customFetch, discovery } from 'openid-client';
import { providerFetch } from './provider.fetch';

describe('what PSC is asked', () => {
  let server: Server;
  let url: string;
  let answer: RequestListener;
  const sockets = new Set<Socket>();
  const ask = providerFetch({ timeoutMs: 2_000 });
  const options = () => ({
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ code: 'c' }),
    redirect: 'manual' as const,
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

  it('is answered as openid-client understands', async () => {
    answer = (_, response) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ issuer: url }));
    const place = new URL(`${url}/.well-known/openid-configuration`);
    const way = { [customFetch]: ask, execute: [allowInsecureRequests] };
    const found = await discovery(place, 'us', undefined, undefined, way);
    expect(found.serverMetadata().issuer).toBe(url);
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

  it('does not go again when what is wrong would be wrong again', async () => {
    await ask(url, options());
    let asked = 0;
    answer = (_, response) => {
      asked++;
      response.writeHead(200, { 'x-much': 'x'.repeat(40_000) }).end();
    };
    await expect(ask(url, options())).rejects.toThrow('fetch failed');
    expect(asked).toBe(1);
  });

  it('is waited for no longer than told', async () => {
    answer = () => undefined;
    const inTime = providerFetch({ timeoutMs: 50 });
    await expect(inTime(url, options())).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('is waited for no longer when it drips', async () => {
    answer = (_, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    };
    const inTime = providerFetch({ timeoutMs: 150 });
    await expect(inTime(url, options())).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('is not sent again when its answer broke off', async () => {
    await ask(url, options());
    let asked = 0;
    answer = (request, response) => {
      asked++;
      response.writeHead(200, { 'content-length': 10 }).write('half');
      setTimeout(() => request.socket.resetAndDestroy(), 20);
    };
    await expect(ask(url, options())).rejects.toThrow('fetch failed');
    expect(asked).toBe(1);
  });

  it('is read no further than a megabyte', async () => {
    let sent = 0;
    answer = (_, response) => {
      const more = () => {
        while (!response.destroyed && (sent += 65_536) < 100_000_000 && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    };
    await expect(ask(url, options())).rejects.toThrow('fetch failed');
    expect(sent).toBeLessThan(20_000_000);
  });

  it('goes over as many connections as it is asked for at once, and keeps them', async () => {
    for (let time = 0; time < 3; time++)
      await Promise.all(Array.from({ length: 4 }, async () => (await ask(url, options())).text()));
    expect(sockets.size).toBe(4);
  });

  it('may be answered in several pieces', async () => {
    answer = (_, response) => {
      response.write('{"sub":"é');
      setTimeout(() => response.end('à"}'), 20);
    };
    expect(await (await ask(url, options())).json()).toEqual({ sub: 'éà' });
  });

  it('follows nobody elsewhere', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://evil.example/' }).end();
    expect((await ask(url, options())).status).toBe(302);
  });
});
