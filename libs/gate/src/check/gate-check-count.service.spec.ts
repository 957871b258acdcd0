import { MetricsRegistry } from '@portillon/kernel';
import { GateCheckCountService } from './gate-check-count.service';

describe('what the gate has answered', () => {
  const registry = new MetricsRegistry();
  const counts = new GateCheckCountService(registry);
  const counted = async () =>
    (await registry.metrics()).split('\n').filter((line) => line.startsWith('portillon_gate'));

  it('is nothing when the process starts, then counted by application and outcome', async () => {
    expect(await counted()).toEqual([]);
    counts.add('agenda', 'admitted');
    counts.add('agenda', 'admitted');
    counts.add('agenda', 'forbidden');
    counts.add('dossiers', 'admitted');
    expect(await counted()).toEqual([
      'portillon_gate_checks_total{application="agenda",outcome="admitted"} 2',
      'portillon_gate_checks_total{application="agenda",outcome="forbidden"} 1',
      'portillon_gate_checks_total{application="dossiers",outcome="admitted"} 1',
    ]);
  });
});
