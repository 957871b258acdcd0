/** What has not answered by then is down for whoever waits. */
export const PATIENCE_MS = 2_000;
