import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, Random, SECOND } from '@portillon/kernel';
import type { Certificate } from '../certificate/certificate';
import { CPX_OPTIONS, type CpxOptions } from '../cpx.options';
import type { RevocationStatus } from './revocation-entries';

const TIME_OUT_MS = 3 * SECOND;
const LONGEST_ANSWER = 64 * 1024;
const NONCE_BYTES = 16;

/** Asks the responder of the authority whether a certificate was revoked (RFC 6960). */
@Injectable()
export class OcspService {
  readonly #logger = new Logger('CardVerifier');

  constructor(
    @Inject(CPX_OPTIONS) private readonly options: CpxOptions,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Whether this deployment asks a responder. */
  get used(): boolean {
    return this.options.ocspUrl !== null;
  }

  /** Fails closed: no answer in 3 s, or one that proves nothing, is `unknown`. */
  async status(certificate: Certificate, authority: Certificate): Promise<RevocationStatus> {
    const question = { certificate, authority, nonce: this.random.bytes(NONCE_BYTES) };
    try {
      // Loaded where a responder is asked: few deployments have one.
      const { readAnswer, writeQuestion } = await import('./ocsp-message.js');
      return readAnswer(await this.#ask(writeQuestion(question)), question, this.clock.now());
    } catch (error) {
      this.#logger.warn(`the OCSP responder did not answer: ${(error as Error).message}`);
      return 'unknown';
    }
  }

  async #ask(body: Buffer): Promise<Buffer> {
    const answer = await fetch(this.options.ocspUrl!, {
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
