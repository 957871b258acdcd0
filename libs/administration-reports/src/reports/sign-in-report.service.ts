import { Injectable } from '@nestjs/common';
import { AuditStatisticsService, NOTHING, TIME_ZONE } from '@portillon/audit';
import { Clock } from '@portillon/kernel';
import type { Administrator } from '@portillon/user-management';
import { AdministeredStructureService } from '@portillon/user-management';
import { queryText } from '@portillon/http';
import type { SignInReport } from './report.dto';
import { periodsOf, reportSpan } from './report-span';

/** The data of a structure's yearly statement. */
@Injectable()
export class SignInReportService {
  constructor(
    private readonly statistics: AuditStatisticsService,
    private readonly structures: AdministeredStructureService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `validation.failed`, `not-found` for a structure out of reach */
  async of(administrator: Administrator, query: Record<string, unknown>): Promise<SignInReport> {
    const span = reportSpan(query, this.clock.now());
    const asked = queryText('structure', query['structure']);
    const structure = await this.structures.within(administrator, asked);
    const { total, periods } = await this.statistics.of({ structureId: structure, ...span });
    const known = new Map(periods.map((period) => [period.period, period]));
    const items = periodsOf(span).map((period) => known.get(period) ?? { period, ...NOTHING });
    return { structure, ...span, timeZone: TIME_ZONE, total, items };
  }
}
