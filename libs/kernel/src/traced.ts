import { tracingChannel } from 'node:diagnostics_channel';

/** Something asked of another program, such as a statement or a mail. */
export interface TracedCall {
  /** One of a few: what is done, never to whom. */
  name: string;
  /** As OpenTelemetry names them. Nothing of a person: words of closed lists, names of tables and of providers. */
  attributes: Readonly<Record<string, string>>;
}

const CALLS = tracingChannel('portillon.call');

/**
 * Runs `work`, and says on the channel `portillon.call` of Node when it began and ended, to who listens: the traces of
 * the server. Where nobody does it costs nothing.
 */
export function traced<Result>(call: TracedCall, work: () => Promise<Result>): Promise<Result> {
  return CALLS.hasSubscribers ? CALLS.tracePromise(work, { ...call }) : work();
}
