/** What has not answered by then counts as down. */
export const PATIENCE_MS = 2_000;

/** What a probe waits for: it is told within 100 ms, since a load balancer that waits takes the instance out. */
export const PROBE_PATIENCE_MS = 50;
