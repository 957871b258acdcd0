import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { followFetches } from './spans';

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
