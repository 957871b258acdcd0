/** A delivery report as Twilio posts it. */
export interface TwilioReport {
  /** The account's token, which is the key of the signature. */
  authToken: string;
  /** Header `X-Twilio-Signature`. */
  signature: string | undefined;
  /** The full public URL that Twilio called, with its query. */
  url: string;
  /** The form it posted. */
  params: Record<string, string>;
}

/** Whether Twilio itself posted the report. */
export async function isSignedByTwilio(report: TwilioReport): Promise<boolean> {
  if (!report.signature) return false;
  const { default: twilio } = await import('twilio');
  return twilio.validateRequest(report.authToken, report.signature, report.url, report.params);
}
