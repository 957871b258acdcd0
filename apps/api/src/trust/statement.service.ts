import { Inject, Injectable } from '@nestjs/common';
import { AccountService, LegalNoticeService } from '@portillon/account';
import { ApplicationService } from '@portillon/application';
import { Clock, DAY, itemsOf } from '@portillon/kernel';
import { PersonalDataRegistry } from '@portillon/personal-data';
import { version } from '../../package.json';
import type { Settings } from '../settings/settings';
import { SETTINGS } from '../settings/settings.token';
import { JournalFactsService } from './journal-facts.service';
import { KeyFactsService } from './key-facts.service';
import { PeopleFactsService } from './people-facts.service';
import { sbomDigest } from './sbom-digest';
import { statementOf } from './statement';
import type { OpenEmergencyAccess, Retention, Statement, TableFacts } from './statement.types';
import { StructureFactsService } from './structure-facts.service';

/** The statement of this deployment, made by reading alone. */
@Injectable()
export class StatementService {
  constructor(
    private readonly structures: StructureFactsService,
    private readonly people: PeopleFactsService,
    private readonly accounts: AccountService,
    private readonly keys: KeyFactsService,
    private readonly journal: JournalFactsService,
    private readonly personalData: PersonalDataRegistry,
    private readonly applications: ApplicationService,
    private readonly notices: LegalNoticeService,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async read(): Promise<Statement> {
    const { settings } = this;
    const retention = this.personalData
      .stated()
      .map(({ of, ms }) => ({ of: of as Retention['of'], days: ms / DAY }));
    const tables = await this.#tables();
    const build = { version, sbomSha256: sbomDigest() };
    return statementOf({ settings, tables, retention, ...build, at: this.clock.now() });
  }

  async #tables(): Promise<TableFacts> {
    const structures = await this.structures.read();
    return {
      structures,
      ...(await this.people.read(structures)),
      emergencyAccesses: await this.#emergencyAccesses(),
      ...(await this.keys.read()),
      journal: await this.journal.read(),
      applicationsWithoutPkce: (await this.applications.withoutPkce()).length,
      missingLegalTexts: await this.notices.missing(),
    };
  }

  /** Without names: the statement leaves the house. */
  async #emergencyAccesses(): Promise<OpenEmergencyAccess[]> {
    const open: OpenEmergencyAccess[] = [];
    const page = (range: { limit: number; cursor?: string }) =>
      this.accounts.list({ ...range, only: 'EMERGENCY_ACCESS' });
    for await (const { emergency } of itemsOf(page)) if (emergency) open.push(emergency);
    return open;
  }
}
