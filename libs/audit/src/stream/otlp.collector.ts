import { once } from 'node:events';
import { IncomingMessage, request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { PATIENCE_MS } from '../audit.options';
import type { Collector, AuditStreamOptions } from '../audit.options';
import type { StreamEvent } from './ocsf';

/** Severity numbers of OpenTelemetry. */
const SEVERITIES = { informational: 9, medium: 13, high: 17 } as const;
const NANOSECONDS = '000000';

/** Sends OTLP logs over HTTP, in JSON. The answer is the acknowledgement. */
export class OtlpCollector implements Collector {
  constructor(private readonly options: AuditStreamOptions) {}

  async send(events: readonly StreamEvent[]): Promise<void> {
    const status = await this.#post(JSON.stringify(logsOf(events)));
    if (status < 200 || status > 299) throw new Error(`the collector answered ${status}`);
  }

  /** Nothing to wait for: each request was answered. */
  confirm(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    // Each request has its own connection and time limit.
  }

  async #post(body: string): Promise<number> {
    const { url, tls, ca, headers } = this.options;
    const asked = (tls ? requestSecurely : request)(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      agent: false,
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(ca && { ca }),
    });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    await once(answer, 'end');
    return answer.statusCode!;
  }
}

function logsOf(events: readonly StreamEvent[]) {
  const scopeLogs = [{ scope: { name: 'portillon.journal' }, logRecords: events.map(recordOf) }];
  return { resourceLogs: [{ resource: { attributes: [text('service.name', 'portillon')] }, scopeLogs }] };
}

function recordOf({ uid, name, at, severity, json }: StreamEvent) {
  return {
    timeUnixNano: `${at.getTime()}${NANOSECONDS}`,
    severityNumber: SEVERITIES[severity],
    eventName: name,
    body: { stringValue: json },
    attributes: [text('log.record.uid', uid), text('event.name', name)],
  };
}

function text(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}
