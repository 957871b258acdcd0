/** Replaces the reader of server-sent events of the generated client. */
export const createSseClient = undefined;
