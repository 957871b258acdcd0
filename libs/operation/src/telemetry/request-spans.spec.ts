import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import Fastify from 'fastify';
import { followRequests } from './spans';

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
