import { ROOT_CONTEXT } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import { Keyring } from '@portillon/kernel';
import { KeyedRatioSampler } from './tracing';

const keyring = (fill: number) => new Keyring([{ id: 'test', secret: Buffer.alloc(32, fill) }]);
const traces = Array.from({ length: 2_000 }, (_, index) => index.toString(16).padStart(32, '0'));
const keptBy = (ratio: number, keys = keyring(1)) => {
  const sampler = new KeyedRatioSampler(ratio, keys);
  return traces.filter(
    (trace) => sampler.shouldSample(ROOT_CONTEXT, trace).decision === SamplingDecision.RECORD_AND_SAMPLED,
  );
};

describe('the share of traces that is kept', () => {
  it('is the one that was asked for', () => {
    expect([keptBy(0).length, keptBy(1).length]).toEqual([0, traces.length]);
    expect(Math.abs(keptBy(0.1).length - 200)).toBeLessThan(60);
  });

  it('is the same of every instance, and another with other keys: which ids are kept cannot be guessed', () => {
    expect(keptBy(0.1)).toEqual(keptBy(0.1));
    expect(keptBy(0.1)).not.toEqual(keptBy(0.1, keyring(2)));
  });
});
