import { Clock, Random, SECOND } from '@portillon/kernel';
import { Certificate } from './certificate';
import { readAnswer, writeQuestion } from './ocsp-message';
import { RevocationStatus } from './revocation-lists';

const TIME_OUT_MS = 3 * SECOND;
const LONGEST_ANSWER = 64 * 1024;
const NONCE_BYTES = 16;

/** Asks the responder of the authority whether a certificate was revoked (RFC 6960). */
export class OcspClient {
  constructor(
    private readonly url: string,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly warn: (message: string) => void = () => undefined,
  ) {}

  /** Fails closed: no answer in 3 s, or one that proves nothing, is `unknown`. */
  async status(certificate: Certificate, authority: Certificate): Promise<RevocationStatus> {
    const question = { certificate, authority, nonce: this.random.bytes(NONCE_BYTES) };
    try {
      return readAnswer(await this.#ask(writeQuestion(question)), question, this.clock.now());
    } catch (error) {
      this.warn(`the OCSP responder did not answer: ${(error as Error).message}`);
      return 'unknown';
    }
  }

  async #ask(body: Buffer): Promise<Buffer> {
    const answer = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIME_OUT_MS),
    });
    if (!answer.ok || !answer.body) throw new Error(`status ${answer.status}`);
    return readAtMost(answer.body, LONGEST_ANSWER);
  }
}

async function readAtMost(stream: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > most) throw new Error(`more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
