import { Inject, Injectable } from '@nestjs/common';
import { Clock, DAY } from '@portillon/kernel';
import { PersonalDataRegistry } from '@portillon/personal-data';
import { OPERATION_OPTIONS, type OperationOptions } from '../operation.options';
import { EvidenceFactsService } from './evidence-facts.service';
import { PeopleFactsService } from './people-facts.service';
import { statementOf } from './statement';
import type { Retention, Statement } from './statement.types';
import { StructureFactsService } from './structure-facts.service';

/** Builds the statement of this deployment. Reads only, and changes nothing. */
@Injectable()
export class StatementService {
  constructor(
    private readonly structures: StructureFactsService,
    private readonly people: PeopleFactsService,
    private readonly evidence: EvidenceFactsService,
    private readonly personalData: PersonalDataRegistry,
    private readonly clock: Clock,
    @Inject(OPERATION_OPTIONS) private readonly options: OperationOptions,
  ) {}

  async read(): Promise<Statement> {
    const structures = await this.structures.read();
    const tables = { structures, ...(await this.people.read(structures)), ...(await this.evidence.read()) };
    const retention = this.personalData
      .stated()
      .map(({ of, ms }) => ({ of: of as Retention['of'], days: ms / DAY }));
    return statementOf({ settings: this.options, tables, retention, at: this.clock.now() });
  }
}
