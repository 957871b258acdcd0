/** A request to an address that comes from outside. */
export interface OutboundRequest {
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** Limit of the whole request, from the look-up to the last byte. Default: 10 s. */
  timeoutMs?: number;
}

/** An answer of any status: redirects are not followed. */
export interface OutboundAnswer {
  outcome: 'answered';
  status: number;
  /** Names in lower case; repeated ones are joined with a comma. */
  headers: Record<string, string>;
  body: string;
}

/** A request without an answer. */
export interface OutboundFailure {
  outcome: 'failed';
  reason:
    /** Not an `https://` address, nor `http://` to an allowed program of this machine; or it contains a user name. */
    | 'url-refused'
    /** The host is, or resolves to, an internal address. */
    | 'address-refused'
    | 'host-unknown'
    | 'certificate-refused'
    | 'timeout'
    | 'answer-too-large'
    | 'unreachable';
}

export type OutboundResult = OutboundAnswer | OutboundFailure;
