import { GateCheckCountService } from './gate-check-count.service';

describe('what the gate has answered', () => {
  it('is counted by application and outcome', () => {
    const counts = new GateCheckCountService();
    counts.add('agenda', 'admitted');
    counts.add('agenda', 'admitted');
    counts.add('agenda', 'forbidden');
    counts.add('dossiers', 'admitted');
    expect(counts.all()).toEqual([
      { applicationId: 'agenda', outcome: 'admitted', count: 2 },
      { applicationId: 'agenda', outcome: 'forbidden', count: 1 },
      { applicationId: 'dossiers', outcome: 'admitted', count: 1 },
    ]);
  });

  it('is nothing when the process starts', () => {
    expect(new GateCheckCountService().all()).toEqual([]);
  });
});
