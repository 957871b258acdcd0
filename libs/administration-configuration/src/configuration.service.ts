import { Injectable } from '@nestjs/common';
import { AppError, FieldError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { AdministratorSectionService } from './administrator-section.service';
import { ApplicationSectionService } from './application-section.service';
import { checkConfiguration, parentsFirst } from './configuration-check';
import { at, wrongEntry } from './configuration.errors';
import {
  AppliedEntry,
  Configuration,
  ConfiguredSection,
  EntryChange,
  SectionName,
  SECTIONS,
  SecretReader,
} from './configuration.types';
import { LegalNoticeSectionService } from './legal-notice-section.service';
import { StructureSectionService } from './structure-section.service';
import { WebhookSectionService } from './webhook-section.service';

type CheckedConfiguration = ReturnType<typeof checkConfiguration>;

export interface ApplyOptions {
  secrets: SecretReader;
  /** `false`: everything is done as it would be, and rolled back. */
  keep: boolean;
  /** Called after each entry: a national file takes minutes. */
  onProgress?: (done: number, total: number) => void;
}

/** The configuration of a deployment as one file: applies the file completely or not at all, and exports it. */
@Injectable()
export class ConfigurationService {
  readonly #sections: Record<SectionName, ConfiguredSection<object>>;

  constructor(
    private readonly transactions: Transactions,
    structures: StructureSectionService,
    applications: ApplicationSectionService,
    webhooks: WebhookSectionService,
    administrators: AdministratorSectionService,
    legalNotice: LegalNoticeSectionService,
  ) {
    this.#sections = { structures, applications, webhooks, administrators, legalNotice };
  }

  /**
   * Applies the file, or reports what it would do. Returns one change for each entry, in the order of the file; writes
   * only differences.
   * @throws AppError `validation.failed` with every fault and its place, as `structures.0.finess`;
   * `precondition.failed` when a concurrent change touches the same entry: then nothing is applied
   */
  async apply(value: unknown, options: ApplyOptions): Promise<EntryChange[]> {
    const checked = checkConfiguration(value);
    try {
      return await this.#applyOnce(checked, options);
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      // What another command made at the same moment is there by now.
      return this.#applyOnce(checked, options);
    }
  }

  /** These sections, as a file that changes nothing. Secrets are references. */
  async export(sections: readonly SectionName[]): Promise<Configuration> {
    const configuration: Record<string, unknown> = { version: 1 };
    for (const section of SECTIONS)
      if (sections.includes(section)) configuration[section] = await this.#sections[section].export();
    return configuration as unknown as Configuration;
  }

  async #applyOnce(checked: CheckedConfiguration, options: ApplyOptions): Promise<EntryChange[]> {
    let changes: EntryChange[] = [];
    await this.transactions.runOrRollBack(async (tx) => {
      changes = await this.#applyAll(checked, options, tx);
      return options.keep ? changes : undefined;
    });
    return changes;
  }

  /** Continues after an invalid entry, so that all faults are reported. */
  async #applyAll(
    checked: CheckedConfiguration,
    { secrets, onProgress }: ApplyOptions,
    tx: EntityManager,
  ): Promise<EntryChange[]> {
    const changes = new Map<string, EntryChange>();
    const errors = [...checked.errors];
    const ids = new Set<string>();
    for (const [index, one] of parentsFirst(checked.entries).entries()) {
      const { section, place, entry } = one;
      const apply = () => requireOnce(ids, this.#sections[section].apply(entry, secrets, tx));
      try {
        if (one.errors.length > 0) throw new AppError('validation.failed', { errors: one.errors });
        const { id: _id, ...change } = await at(place, apply);
        changes.set(place, { section, ...change });
      } catch (error) {
        errors.push(...faultsOf(error, place));
      }
      onProgress?.(index + 1, checked.entries.length);
    }
    if (errors.length > 0) throw new AppError('validation.failed', { errors });
    return checked.entries.map(({ place }) => changes.get(place)!);
  }
}

async function requireOnce(ids: Set<string>, applying: Promise<AppliedEntry>): Promise<AppliedEntry> {
  const applied = await applying;
  if (ids.has(applied.id)) throw wrongEntry('', 'repeated');
  ids.add(applied.id);
  return applied;
}

/** The faults of an entry, to be reported with the others. @throws any error that is no fault of the file */
function faultsOf(error: unknown, place: string): FieldError[] {
  if (!(error instanceof AppError) || PASSING.includes(error.code)) throw error;
  return error.errors ?? [{ field: place, code: error.code, message: '' }];
}

const PASSING: readonly string[] = ['precondition.failed', 'service.busy'];

function isOvertaken(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return error.code === 'precondition.failed' || (error.errors ?? []).some(({ code }) => code === 'taken');
}
