import { createTransport } from 'nodemailer';
import type { Settings } from '../settings/settings';
import { failureParts, RELAY } from './failure-text';
import { fine, Finding, NOT_SET, wrong } from './finding';

const PATIENCE_MS = 5_000;

/** Greets each relay and signs in there, as a mail would; sends nothing. */
export async function examineMail({ mail, demo }: Settings): Promise<Finding[]> {
  if (demo) return [fine('mail', 'the demo mailbox')];
  if (!mail) return [fine('mail', NOT_SET)];
  return Promise.all(
    mail.smtpUrls.map((url, index) => {
      const relay = mail.smtpUrls.length > 1 ? `relay ${index + 1} ` : '';
      return examineRelay(mail.requireTls ? overTls(url) : url, relay);
    }),
  );
}

async function examineRelay(url: string, relay: string): Promise<Finding> {
  const start = performance.now();
  const transport = createTransport({ url, connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS });
  try {
    await transport.verify();
    return fine('mail', `${relay}answers in ${Math.round(performance.now() - start)} ms`);
  } catch (error) {
    const [found, advice] = failureParts(error, RELAY);
    return wrong('mail', relay + found, advice);
  } finally {
    transport.close();
  }
}

/** In the URL itself: what it says wins over nodemailer's other options. */
function overTls(text: string): string {
  const url = new URL(text);
  url.searchParams.set('requireTLS', 'true');
  return url.href;
}
