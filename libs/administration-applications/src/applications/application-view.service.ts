import { Injectable } from '@nestjs/common';
import { StructureName, StructureService } from '@portillon/structure';
import { ApplicationEntity, ApplicationSecret, ApplicationSecretService } from '@portillon/application';
import { AuditStatisticsService, dayOf, EntryFigures, LatestEntries } from '@portillon/audit';
import type { FastifyReply } from 'fastify';
import { setVersion } from '@portillon/http';
import { addMilliseconds, Clock, DAY } from '@portillon/kernel';
import type { Administrator } from '@portillon/user-management';
import { AdministeredApplicationService } from './administered-application.service';
import type {
  AdminApplication,
  AdminApplicationItem,
  AdminApplicationLine,
  AdminApplicationSecret,
} from './application-view.dto';

/** Days that the statistics of an application show. */
const DAYS = 30;

/** Applications as an administrator sees them, with their recent visitors. */
@Injectable()
export class ApplicationViewService {
  constructor(
    private readonly administered: AdministeredApplicationService,
    private readonly structures: StructureService,
    private readonly secrets: ApplicationSecretService,
    private readonly statistics: AuditStatisticsService,
    private readonly clock: Clock,
  ) {}

  async items(applications: ApplicationEntity[]): Promise<AdminApplicationItem[]> {
    const ids = applications.flatMap(({ structureId }) => structureId ?? []);
    const structures = await this.structures.names(ids);
    return applications.map((application) => itemView(application, structures));
  }

  /** With its version, for the `If-Match` of a change. */
  async answer(reply: FastifyReply, application: ApplicationEntity): Promise<AdminApplication> {
    setVersion(reply, application.version);
    const [item] = await this.items([application]);
    const secrets = await this.secrets.list(application.id);
    return { ...settingsView(application), ...item!, secrets: secrets.map(secretView) };
  }

  /** Counts the recent entries of each application, for one page of those within reach. */
  latestEntries(ids: readonly string[]): Promise<Map<string, LatestEntries>> {
    const { from, to } = this.#days();
    return this.statistics.ofApplications(ids, from, to);
  }

  /** @throws AppError `not-found` for an application out of reach */
  async entriesByDay(administrator: Administrator, id: string): Promise<EntryFigures[]> {
    const application = await this.administered.get(administrator, id);
    const { from, to } = this.#days();
    return this.statistics.ofApplication(application.id, from, to);
  }

  #days(): { from: string; to: string } {
    const now = this.clock.now();
    return { from: dayOf(addMilliseconds(now, (1 - DAYS) * DAY)), to: dayOf(now) };
  }
}

/** As the list shows it. */
export function applicationLineView(
  item: AdminApplicationItem,
  latest: ReadonlyMap<string, LatestEntries>,
): AdminApplicationLine {
  const { entered = 0, refused = 0, lastDay = null } = latest.get(item.id) ?? {};
  return { ...item, entered, refused, lastEnteredOn: lastDay };
}

/** The public facts of a secret. */
export function secretView({
  id,
  createdAt,
  expiresAt,
  lastUsedAt,
}: ApplicationSecret): AdminApplicationSecret {
  return {
    id,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}

function itemView(
  { id, name, kind, status, structureId, createdAt, version }: ApplicationEntity,
  structures: Map<string, StructureName>,
): AdminApplicationItem {
  const known = structureId === null ? undefined : structures.get(structureId);
  const structure = known ? { id: known.id, name: known.name } : null;
  return { id, name, kind, status, structure, createdAt: createdAt.toISOString(), version };
}

function settingsView(
  application: ApplicationEntity,
): Omit<AdminApplication, keyof AdminApplicationItem | 'secrets'> {
  const { nameKey, structureId, createdAt, updatedAt, firstSeenAt, ...settings } = application;
  return {
    ...settings,
    updatedAt: updatedAt.toISOString(),
    firstSeenAt: firstSeenAt?.toISOString() ?? null,
  };
}
