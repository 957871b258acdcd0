import type { Context } from '@opentelemetry/api';
import { Sampler, SamplingDecision, SamplingResult } from '@opentelemetry/sdk-trace-node';
import type { Keyring } from '@portillon/kernel';

const PURPOSE = 'telemetry.sample';
const WHOLE = 2 ** 32;

/**
 * Keeps a share of the traces, whole: all instances decide alike for a trace id. Uses a keyed digest of the id and ignores
 * the caller's flag. A stranger who writes `traceparent` can therefore neither force a trace nor choose an id that is kept.
 */
export class KeyedRatioSampler implements Sampler {
  constructor(
    private readonly ratio: number,
    private readonly keyring: Keyring,
  ) {}

  shouldSample(_context: Context, traceId: string): SamplingResult {
    const kept = this.#placeOf(traceId) < this.ratio;
    return { decision: kept ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
  }

  toString(): string {
    return `KeyedRatioSampler{${this.ratio}}`;
  }

  /** Returns a number from 0 to below 1. */
  #placeOf(traceId: string): number {
    const digest = this.keyring.digest(PURPOSE, [traceId]);
    return parseInt(digest.slice(digest.lastIndexOf('.') + 1).slice(0, 8), 16) / WHOLE;
  }
}
