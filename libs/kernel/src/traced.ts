import { tracingChannel } from 'node:diagnostics_channel';

/** A call to another program, such as a statement or a mail. */
export interface TracedCall {
  /** One of a few names: the action, never its object. */
  name: string;
  /** Attributes of OpenTelemetry without personal data: words of closed lists, names of tables and of providers. */
  attributes: Readonly<Record<string, string>>;
}

const CALLS = tracingChannel('portillon.call');

/**
 * Runs `work` and publishes its beginning and end on Node's channel `portillon.call`, to which the server's traces
 * subscribe. Without a subscriber `describe` does not run.
 */
export function traced<Result>(describe: () => TracedCall, work: () => Promise<Result>): Promise<Result> {
  return CALLS.hasSubscribers ? CALLS.tracePromise(work, { ...describe() }) : work();
}
