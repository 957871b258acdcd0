import { tracingChannel } from 'node:diagnostics_channel';
import { context, Span, SpanKind, SpanStatusCode, trace, Tracer } from '@opentelemetry/api';
import type { TracedCall } from '@portillon/kernel';

type Call = TracedCall & { error?: unknown };

/** Creates a span for each external call that a request waits for: statements, mails, SMS. Jobs have none. */
export function followCalls(tracer: Tracer): void {
  const spans = new WeakMap<Call, Span>();
  tracingChannel<unknown, Call>('portillon.call').subscribe({
    start(call) {
      if (!trace.getSpan(context.active())) return;
      const { name, attributes } = call;
      spans.set(call, tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }));
    },
    error(call) {
      endBadly(spans.get(call), call.error);
      spans.delete(call);
    },
    end: () => undefined,
    asyncStart: () => undefined,
    asyncEnd: (call) => spans.get(call)?.end(),
  });
}

/** Names an error by its code or class: its message may contain an address or a name. */
export function endBadly(span: Span | undefined, error: unknown): void {
  const { code, name = 'unknown' } = error as { code?: string; name?: string };
  span?.setAttribute('error.type', code ?? name);
  span?.setStatus({ code: SpanStatusCode.ERROR });
  span?.end();
}
