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
 * Runs `work`, and publishes on the channel `portillon.call` of Node when it began and ended: the traces of the server
 * subscribe to it. Without a subscriber not even `describe` runs.
 */
export function traced<Result>(describe: () => TracedCall, work: () => Promise<Result>): Promise<Result> {
  return CALLS.hasSubscribers ? CALLS.tracePromise(work, { ...describe() }) : work();
}
