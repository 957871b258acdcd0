/** The connection failed. `handedOver` tells whether Twilio may have got the request. */
export class TwilioConnectionError extends Error {
  override readonly name = 'TwilioConnectionError';

  constructor(
    readonly code: string,
    readonly handedOver: boolean,
  ) {
    super(`connection to Twilio failed: ${code}`);
  }
}
