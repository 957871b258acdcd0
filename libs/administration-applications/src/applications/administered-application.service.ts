import { Injectable } from '@nestjs/common';
import {
  ApplicationEntity,
  ApplicationPage,
  ApplicationService,
  ApplicationSecret,
  ApplicationSecretService,
} from '@portillon/application';
import { AuditStatisticsService, dayOf, EntryFigures, LatestEntries } from '@portillon/audit';
import { setVersion } from '@portillon/http';
import { AppError, addMilliseconds, Clock, DAY } from '@portillon/kernel';
import { StructureName, StructureService } from '@portillon/structure';
import { AccessRefusalService, isWithinReach } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import type {
  AdminApplication,
  AdminApplicationItem,
  AdminApplicationLine,
  AdminApplicationSecret,
} from './application-view.dto';

/** Days that the statistics of an application show. */
const DAYS = 30;

/** The applications within an administrator's reach: others look exactly like applications that do not exist. */
@Injectable()
export class AdministeredApplicationService {
  constructor(
    private readonly applications: ApplicationService,
    private readonly refusals: AccessRefusalService,
    private readonly structures: StructureService,
    private readonly secrets: ApplicationSecretService,
    private readonly statistics: AuditStatisticsService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `not-found`, with the caller in the journal when their reach is one structure */
  async get(administrator: Administrator, id: string): Promise<ApplicationEntity> {
    const application = await this.applications.get(id);
    if (application && isWithinReach(administrator.scope, application.structureId)) return application;
    if (administrator.scope.structureIds === null) throw new AppError('not-found');
    return this.refusals.hide(administrator, { application: id.slice(0, 64) });
  }

  list({ scope }: Administrator, page: { cursor?: string; limit: number }): Promise<ApplicationPage> {
    return this.applications.list({ ...page, structureIds: scope.structureIds });
  }

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
    const application = await this.get(administrator, id);
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
