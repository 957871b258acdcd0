import { openidCounts } from './openid.journal';

const line = (data: object | null) => ({ reason: null, data: data && JSON.stringify(data) });

describe('the statistics of an application', () => {
  it('have who entered it and who was kept out', () => {
    const agenda = line({ application: 'agenda' });
    expect(openidCounts.application_entered(agenda)).toEqual([
      { metric: 'entry', means: '', application: 'agenda' },
    ]);
    expect(openidCounts.application_refused(agenda)).toMatchObject([{ metric: 'entry-refused' }]);
  });

  it('leave out a line that sums up several refusals', () => {
    expect(openidCounts.application_refused(line({ repeats: 3 }))).toEqual([]);
    expect(openidCounts.application_refused(line(null))).toEqual([]);
  });
});
