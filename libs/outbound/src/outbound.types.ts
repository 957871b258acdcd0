/** A request to an address that comes from outside. */
export interface OutboundRequest {
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** For the whole of it, from the name's look-up to the last byte; 10 s unless said. */
  timeoutMs?: number;
}

/** What came back, of any status: a redirect is an answer like another, and is never followed. */
export interface OutboundAnswer {
  outcome: 'answered';
  status: number;
  /** Names in lower case; several of one name are joined by a comma. */
  headers: Record<string, string>;
  body: string;
}

/** Why there is no answer. */
export interface OutboundFailure {
  outcome: 'failed';
  reason:
    /** No `https://` address, nor `http://` to a program of this machine that is allowed, or one with a user name in it. */
    | 'url-refused'
    /** The host is, or its name leads to, an address that nothing outside should have us ask. */
    | 'address-refused'
    | 'host-unknown'
    | 'certificate-refused'
    | 'timeout'
    | 'answer-too-large'
    | 'unreachable';
}

export type OutboundResult = OutboundAnswer | OutboundFailure;
