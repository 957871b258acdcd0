import { Injectable } from '@nestjs/common';
import { StructureService } from '@portillon/structure';
import type { AcceptedMeans } from '@portillon/authenticator';
import { ReportsDatabase } from '@portillon/persistence';
import type { Administrator } from '@portillon/user-management';
import { StrongMeansPeopleService } from '@portillon/user-management';
import type { ReportPeriod } from './report.dto';
import { SignInReportService } from './sign-in-report.service';
import type { StrongMeansPeriod, StrongMeansReport } from './strong-means-report.dto';

/** Users who depend on codes by mail and SMS, now and over time. */
@Injectable()
export class StrongMeansReportService {
  constructor(
    private readonly signIns: SignInReportService,
    private readonly structures: StructureService,
    private readonly people: StrongMeansPeopleService,
    private readonly database: ReportsDatabase,
  ) {}

  /** @throws AppError `validation.failed`, `not-found` for a structure out of reach */
  async of(administrator: Administrator, query: Record<string, unknown>): Promise<StrongMeansReport> {
    const { structure, from, to, by, items } = await this.signIns.of(administrator, query);
    const accepted = await this.#accepted(structure);
    const counted = await this.people.count(structure, accepted, await this.database.manager());
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

  /** What the structure accepts; every passkey, and no app, where all structures are counted together. */
  async #accepted(structureId: string | null): Promise<AcceptedMeans> {
    const structure = structureId === null ? undefined : await this.structures.get(structureId);
    const { passkeyKind = 'any', passkeyIdentity = 'any', totpIsStrong = false } = structure?.policy ?? {};
    return { kind: passkeyKind, identity: passkeyIdentity, totp: totpIsStrong };
  }
}

function periodOf({ period, signIns }: ReportPeriod): StrongMeansPeriod {
  const { passwordEmail, passwordSms, passwordRemembered } = signIns;
  return {
    period,
    codes: passwordEmail + passwordSms + passwordRemembered,
    strong: signIns.proSanteConnect + signIns.cpx + signIns.passkey,
  };
}
