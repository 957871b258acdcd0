import type { IncomingHttpHeaders } from 'node:http';

export interface Answer {
  status: number;
  /** The status and, for a refusal, its code: `401 code.rejected`. */
  outcome: string;
  headers: IncomingHttpHeaders;
  /** Each Set-Cookie as it was sent. */
  cookies: string[];
  text: string;
  /** The JSON that came, if it was JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the contract checks its shape, the tests read it
  body: any;
  milliseconds: number;
}
