import Fastify from 'fastify';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { followFetches, followRequests } from './spans';

describe('a request to another service', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const tracer = provider.getTracer('specs');
  let service: Server;
  let url: string;
  let headers: object;

  beforeAll(async () => {
    provider.register();
    followFetches(tracer);
    service = createServer((request, response) => {
      headers = request.headers;
      response.writeHead(401).end('{}');
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  });
  afterAll(() => service.close());
  beforeEach(() => exporter.reset());

  const asked = async (path: string) => {
    const parent = tracer.startSpan('GET /api/pro-sante-connect/callback');
    await context.with(trace.setSpan(context.active(), parent), async () => (await fetch(path)).text());
    return exporter.getFinishedSpans().map(({ name, attributes }) => [name, attributes]);
  };

  it('is a span by its host, without path and query', async () => {
    expect(await asked(`${url}/userinfo?code=Claire`)).toEqual([
      [
        'GET',
        { 'http.request.method': 'GET', 'server.address': '127.0.0.1', 'http.response.status_code': 401 },
      ],
    ]);
  });

  it('bears no header of ours', async () => {
    await asked(url);
    expect(headers).not.toHaveProperty('traceparent');
  });

  it('that no request of ours waits for is none', async () => {
    await (await fetch(url)).text();
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});

const TRACE = '0af7651916cd43dd8448eb211c80319c';

describe('a request that is answered', () => {
  it('is a span of the caller’s trace, with the id that the answer and the log have', async () => {
    const exporter = new InMemorySpanExporter();
    const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    provider.register();
    const server = Fastify({ genReqId: () => '018f0000-0000-7000-8000-000000000001' });
    followRequests(server, provider.getTracer('specs'));
    server.post('/api/sign-in/password', async () => ({}));
    const traceparent = `00-${TRACE}-b7ad6b7169203331-01`;
    await server.inject({ method: 'POST', url: '/api/sign-in/password', headers: { traceparent } });
    await server.close();

    const [span] = exporter.getFinishedSpans();
    expect(span!.spanContext().traceId).toBe(TRACE);
    expect(span!.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/api/sign-in/password',
      'portillon.request.id': '018f0000-0000-7000-8000-000000000001',
      'http.response.status_code': 200,
    });
  });
});
