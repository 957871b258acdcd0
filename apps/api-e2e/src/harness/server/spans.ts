import type { ReceivedRequest } from '@portillon/testing/servers';

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number };
}

/** What a collector reads of a span (OTLP, in JSON). */
interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: Attribute[];
}

interface OtlpTraces {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

export interface Span extends Omit<OtlpSpan, 'attributes'> {
  attributes: Record<string, string | number | undefined>;
}

/** The spans that a collector was sent. */
export function spansOf(requests: readonly ReceivedRequest[]): Span[] {
  return requests.flatMap(({ body }) => {
    const { resourceSpans } = JSON.parse(body) as OtlpTraces;
    const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    return spans.map((span) => ({ ...span, attributes: byKey(span.attributes) }));
  });
}

function byKey(attributes: readonly Attribute[]): Span['attributes'] {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));
}
