import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, Random, SECOND } from '@portillon/kernel';
import type { CardRefusal } from '../card.types';
import type { Certificate } from '../certificate/certificate';
import { CPX_OPTIONS, type CpxOptions } from '../cpx.options';
import { RevocationListService } from './revocation-list.service';
import type { RevocationStatus } from './revocation-list';

const TIME_OUT_MS = 3 * SECOND;
const LONGEST_ANSWER = 64 * 1024;
const NONCE_BYTES = 16;

/**
 * Whether a card was revoked, by lists and by the responder of its authority (RFC 6960). Every source that was configured
 * must say that it is good; silence is a refusal.
 */
@Injectable()
export class RevocationService {
  readonly #logger = new Logger('CardVerifier');

  constructor(
    private readonly lists: RevocationListService,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(CPX_OPTIONS) private readonly options: CpxOptions,
  ) {}

  /** `chain`: the authorities above the certificate, nearest first. */
  async refusal(certificate: Certificate, chain: Certificate[]): Promise<CardRefusal | undefined> {
    const statuses = await this.#statuses(certificate, chain);
    if (statuses.includes('revoked')) return 'revoked';
    return statuses.length > 0 && statuses.every((one) => one === 'good') ? undefined : 'revocation-unknown';
  }

  async #statuses(certificate: Certificate, [issuer, ...above]: Certificate[]): Promise<RevocationStatus[]> {
    const statuses: RevocationStatus[] = [];
    if (this.lists.used) statuses.push(await this.lists.status(certificate, issuer!));
    if (this.lists.used && above[0] && (await this.lists.covers(above[0])))
      statuses.push(await this.lists.status(issuer!, above[0]));
    if (this.options.ocspUrl !== null && !statuses.includes('revoked'))
      statuses.push(await this.#statusByResponder(this.options.ocspUrl, certificate, issuer!));
    return statuses;
  }

  /** Fails closed: no answer in 3 s, or one that proves nothing, is `unknown`. */
  async #statusByResponder(
    url: string,
    certificate: Certificate,
    authority: Certificate,
  ): Promise<RevocationStatus> {
    const question = { certificate, authority, nonce: this.random.bytes(NONCE_BYTES) };
    try {
      // Loaded where a responder is asked: few deployments have one.
      const { readAnswer, writeQuestion } = await import('./ocsp-message.js');
      return readAnswer(await ask(url, writeQuestion(question)), question, this.clock.now());
    } catch (error) {
      this.#logger.warn(`the OCSP responder did not answer: ${(error as Error).message}`);
      return 'unknown';
    }
  }
}

async function ask(url: string, body: Buffer): Promise<Buffer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
    body: new Uint8Array(body),
    redirect: 'error',
    signal: AbortSignal.timeout(TIME_OUT_MS),
  });
  if (!answer.ok || !answer.body) throw new Error(`status ${answer.status}`);
  return readAtMost(answer.body, LONGEST_ANSWER);
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
