import { Injectable } from '@nestjs/common';
import { AuditStatisticsService, dayOf, EntryFigures, LatestEntries } from '@portillon/audit';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import type { Administrator } from '@portillon/user-management';
import { AdministeredApplicationService } from './administered-application.service';

const DAYS = 30;

/** Recent visitors of an application. */
@Injectable()
export class ApplicationStatisticsService {
  constructor(
    private readonly administered: AdministeredApplicationService,
    private readonly statistics: AuditStatisticsService,
    private readonly clock: Clock,
  ) {}

  /** Counts the recent entries of each application, for one page of those within reach. */
  latest(ids: readonly string[]): Promise<Map<string, LatestEntries>> {
    const { from, to } = this.#days();
    return this.statistics.ofApplications(ids, from, to);
  }

  /** @throws AppError `not-found` for an application out of reach */
  async of(administrator: Administrator, id: string): Promise<EntryFigures[]> {
    const application = await this.administered.get(administrator, id);
    const { from, to } = this.#days();
    return this.statistics.ofApplication(application.id, from, to);
  }

  #days(): { from: string; to: string } {
    const now = this.clock.now();
    return { from: dayOf(addMilliseconds(now, (1 - DAYS) * DAY)), to: dayOf(now) };
  }
}
