import { Injectable } from '@nestjs/common';
import { ApplicationService } from '@portillon/application';
import { ApplicationEntryFigures, AuditStatisticsService } from '@portillon/audit';
import { Clock } from '@portillon/kernel';
import type { Administrator } from '@portillon/user-management';
import { queryText } from '@portillon/http';
import { AdministeredStructureService, reaches } from '@portillon/user-management';
import type { ApplicationReport, ApplicationReportItem } from './report.dto';
import { reportSpan } from './report-span';

/** Reports which applications users entered, and which refused them. */
@Injectable()
export class ApplicationReportService {
  constructor(
    private readonly statistics: AuditStatisticsService,
    private readonly applications: ApplicationService,
    private readonly structures: AdministeredStructureService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `validation.failed`, `not-found` for a structure out of reach */
  async of(administrator: Administrator, query: Record<string, unknown>): Promise<ApplicationReport> {
    const { from, to } = reportSpan(query, this.clock.now());
    const asked = queryText('structure', query['structure']);
    const structureId = await this.structures.within(administrator, asked);
    const figures = await this.statistics.byApplication(from, to);
    return { from, to, items: await this.#within(structureId, figures) };
  }

  async #within(
    structureId: string | null,
    figures: ApplicationEntryFigures[],
  ): Promise<ApplicationReportItem[]> {
    if (figures.length === 0) return [];
    const found = await this.applications.getAll(figures.map(({ application }) => application));
    const within = found.filter((application) => reaches({ structureId }, application.structureId));
    const names = new Map(within.map(({ id, name }) => [id, name]));
    return figures.flatMap(({ application: id, entered, refused }) => {
      const name = names.get(id);
      return name === undefined ? [] : { id, name, entered, refused };
    });
  }
}
