import { Injectable } from '@nestjs/common';
import { AccountCountsService } from '@portillon/account';
import { ApplicationService } from '@portillon/application';
import { ApplicationEntryFigures, AuditStatisticsService, NOTHING, TIME_ZONE } from '@portillon/audit';
import type { AcceptedMeans } from '@portillon/authenticator';
import { queryText } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import { ReportsDatabase } from '@portillon/persistence';
import { StructureService } from '@portillon/structure';
import {
  AdministeredStructureService,
  isWithinReach,
  type Scope,
  StrongMeansPeopleService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { PractitionerDirectoryService } from '../directory/practitioner-directory.service';
import { periodsOf, reportSpan } from './report-span';
import type {
  ApplicationReport,
  ApplicationReportItem,
  IdentityReport,
  ReportPeriod,
  SignInReport,
  StrongMeansPeriod,
  StrongMeansReport,
} from './report.dto';

/** What a report covers. */
interface AskedReport {
  span: ReturnType<typeof reportSpan>;
  /** The one structure; null: several together. */
  structure: string | null;
  structureIds: Scope['structureIds'];
}

/** The reports of administration, of one structure or of all that the administrator reaches. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly administered: AdministeredStructureService,
    private readonly statistics: AuditStatisticsService,
    private readonly applications: ApplicationService,
    private readonly structures: StructureService,
    private readonly people: StrongMeansPeopleService,
    private readonly counts: AccountCountsService,
    private readonly directory: PractitionerDirectoryService,
    private readonly database: ReportsDatabase,
    private readonly clock: Clock,
  ) {}

  /** The data of a structure's yearly statement. @throws AppError `validation.failed`, `not-found` for a structure out of reach */
  async signIns(administrator: Administrator, query: Record<string, unknown>): Promise<SignInReport> {
    return this.#signIns(await this.#asked(administrator, query));
  }

  /** Users who depend on codes by mail and SMS, now and over time. @throws AppError `validation.failed`, `not-found` for a structure out of reach */
  async strongMeans(
    administrator: Administrator,
    query: Record<string, unknown>,
  ): Promise<StrongMeansReport> {
    const asked = await this.#asked(administrator, query);
    const { structure, from, to, by, items } = await this.#signIns(asked);
    const accepted = await this.#accepted(structure);
    const counted = await this.people.count(asked.structureIds, accepted, await this.database.manager());
    const { people, withoutStrongMeans: without, sms } = counted;
    return {
      structure,
      from,
      to,
      by,
      people: { total: people, strong: people - without, email: without - sms, sms },
      items: items.map(periodOf),
    };
  }

  /** Which applications users entered, and which refused them. @throws AppError `validation.failed`, `not-found` for a structure out of reach */
  async applicationEntries(
    administrator: Administrator,
    query: Record<string, unknown>,
  ): Promise<ApplicationReport> {
    const { span, structureIds } = await this.#asked(administrator, query);
    const { from, to } = span;
    const figures = await this.statistics.byApplication(from, to);
    return { from, to, items: await this.#itemsWithin(structureIds, figures) };
  }

  /** The numbers of people by proof of identity; the list of accounts names them. @throws AppError `not-found` for a structure out of reach */
  async identities(administrator: Administrator, query: Record<string, unknown>): Promise<IdentityReport> {
    const asked = queryText('structure', query['structure']);
    const structureIds = await this.administered.within(administrator, asked);
    const counted = await this.counts.countIdentities(structureIds, await this.database.manager());
    return { structure: oneOf(structureIds, asked), ...counted, directoryAsked: this.directory.isOffered };
  }

  async #asked(administrator: Administrator, query: Record<string, unknown>): Promise<AskedReport> {
    const span = reportSpan(query, this.clock.now());
    const asked = queryText('structure', query['structure']);
    const structureIds = await this.administered.within(administrator, asked);
    return { span, structure: oneOf(structureIds, asked), structureIds };
  }

  async #signIns({ span, structure, structureIds }: AskedReport): Promise<SignInReport> {
    const { total, periods } = await this.statistics.of({ structureIds, ...span });
    const known = new Map(periods.map((period) => [period.period, period]));
    const items = periodsOf(span).map((period) => known.get(period) ?? { period, ...NOTHING });
    return { structure, ...span, timeZone: TIME_ZONE, total, items };
  }

  /** What the structure accepts; every passkey, and no app, where all structures are counted together. */
  async #accepted(structureId: string | null): Promise<AcceptedMeans> {
    const structure = structureId === null ? undefined : await this.structures.get(structureId);
    const { passkeyKind = 'any', passkeyIdentity = 'any', totpIsStrong = false } = structure?.policy ?? {};
    return { kind: passkeyKind, identity: passkeyIdentity, totp: totpIsStrong };
  }

  async #itemsWithin(
    structureIds: Scope['structureIds'],
    figures: ApplicationEntryFigures[],
  ): Promise<ApplicationReportItem[]> {
    if (figures.length === 0) return [];
    const found = await this.applications.getAll(figures.map(({ application }) => application));
    const within = found.filter((application) => isWithinReach({ structureIds }, application.structureId));
    const names = new Map(within.map(({ id, name }) => [id, name]));
    return figures.flatMap(({ application: id, entered, refused }) => {
      const name = names.get(id);
      return name === undefined ? [] : { id, name, entered, refused };
    });
  }
}

/** The one structure of a report; null: several together. */
function oneOf(structureIds: Scope['structureIds'], asked: string | undefined): string | null {
  return asked ?? (structureIds?.length === 1 ? structureIds[0]! : null);
}

function periodOf({ period, signIns }: ReportPeriod): StrongMeansPeriod {
  const { passwordEmail, passwordSms, passwordRemembered } = signIns;
  return {
    period,
    codes: passwordEmail + passwordSms + passwordRemembered,
    strong: signIns.proSanteConnect + signIns.cpx + signIns.passkey,
  };
}
