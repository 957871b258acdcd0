import { FindingRegistry, MetricsRegistry } from '@portillon/kernel';
import { OpenidMetrics } from './openid.metrics';

it('shows since when the keys sign, and nothing before there is one', async () => {
  const [registry, findings] = [new MetricsRegistry(), new FindingRegistry()];
  let since: Date | null = null;
  findings.register({
    subject: 'signing',
    find: async () => ({ state: 'well', text: '', values: { since } }) as never,
  });
  new OpenidMetrics(registry, findings);
  const shown = async () =>
    /^portillon_signing_keys_timestamp_seconds .*$/m.exec(await registry.metrics())?.[0];
  expect(await shown()).toBeUndefined();
  since = new Date(1_764_000_000_000);
  expect(await shown()).toBe('portillon_signing_keys_timestamp_seconds 1764000000');
});
