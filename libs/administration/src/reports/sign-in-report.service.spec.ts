import { AuditStatisticsService, NOTHING } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import { SettableClock, Steps } from '@portillon/testing';
import type { AdministeredStructureService } from '../structures/administered-structure.service';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { SignInReportService } from './sign-in-report.service';

const SPAN = { from: '2026-01-01', to: '2026-03-31' };

function reports(reachable = true) {
  const steps = new Steps();
  const service = new SignInReportService(
    steps.of<AuditStatisticsService>('statistics', {
      of: async () => ({ total: NOTHING, periods: [{ period: '2026-02', ...NOTHING }] }),
    }),
    steps.of<AdministeredStructureService>('structures', {
      within: async () => {
        if (!reachable) throw new AppError('not-found');
        return 'hospital';
      },
    }),
    new SettableClock(),
  );
  return { steps, service };
}

describe('the report of sign-ins', () => {
  it('has every period of its span, those without a sign-in too', async () => {
    const report = await reports().service.of(OF_HOSPITAL, SPAN);
    expect(report).toMatchObject({ structure: 'hospital', ...SPAN, by: 'month' });
    expect(report.items.map(({ period }) => period)).toEqual(['2026-01', '2026-02', '2026-03']);
  });

  it('counts nothing of a structure out of reach', async () => {
    const { steps, service } = reports(false);
    await expect(service.of(OF_HOSPITAL, { ...SPAN, structure: 'clinic' })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(steps.taken).toEqual(['structures.within']);
  });
});
