import { Inject, Injectable } from '@nestjs/common';
import { Clock, DAY, FindingRegistry, Keyring } from '@portillon/kernel';
import { PersonalDataRegistry } from '@portillon/personal-data';
import { SetupConfirmationService } from '@portillon/administration-setup';
import '@portillon/application';
import { AuditProofService } from '@portillon/audit';
import '@portillon/cpx';
import { SigningKeyService } from '@portillon/openid';
import { OPERATION_OPTIONS } from '../operation.options';
import type { OperationOptions } from '../operation.options';
import { PeopleFactsService } from './people-facts.service';
import { statementOf } from './statement';
import type {
  Retention,
  Statement,
  JournalFacts,
  SecretKeyFacts,
  SigningKeyFacts,
  TableFacts,
} from './statement.types';

/** Builds the statement of this deployment. Reads only, and changes nothing. */
@Injectable()
export class StatementService {
  constructor(
    private readonly people: PeopleFactsService,
    private readonly personalData: PersonalDataRegistry,
    private readonly clock: Clock,
    @Inject(OPERATION_OPTIONS) private readonly options: OperationOptions,
    private readonly findings: FindingRegistry,
    private readonly signingKeys: SigningKeyService,
    private readonly confirmations: SetupConfirmationService,
    private readonly proofs: AuditProofService,
    private readonly keyring: Keyring,
  ) {}

  async read(): Promise<Statement> {
    const structures = await this.people.readStructures();
    const tables = {
      structures,
      ...(await this.people.read(structures)),
      ...(await this.#evidence()),
    };
    const retention = this.personalData
      .stated()
      .map(({ of, ms }) => ({ of: of as Retention['of'], days: ms / DAY }));
    return statementOf({ settings: this.options, tables, retention, at: this.clock.now() });
  }

  /** The keys of the deployment with their age, the lists of revoked cards, and the findings of the libraries. */
  async #evidence(): Promise<
    Omit<TableFacts, 'structures' | 'people' | 'identities' | 'administering' | 'emergencyAccesses'>
  > {
    return {
      secretKeys: await this.#secretKeys(),
      signingKeys: await this.#signingKeys(),
      revocationLists: (await this.findings.find('cards')).values.lists,
      journal: await this.#journal(),
      applicationsWithoutPkce: (await this.findings.find('applications')).values.withoutPkce,
      missingLegalTexts: (await this.findings.find('legal')).values.missing,
    };
  }

  async #secretKeys(): Promise<SecretKeyFacts[]> {
    const { keys } = await this.confirmations.all();
    const said = (id: string) => (keys?.keyIds.includes(id) ? keys.confirmedAt : null);
    return this.keyring.ids.map((id) => ({ id, saidKeptElsewhereAt: said(id) }));
  }

  /** Does not create keys when there are none. */
  async #signingKeys(): Promise<SigningKeyFacts[]> {
    const bits = await this.signingKeys.bits();
    const now = this.clock.now().getTime();
    return (await this.signingKeys.list()).map((key) => ({
      ...key,
      bits: bits.get(key.id) ?? null,
      ageDays: Math.floor((now - key.createdAt.getTime()) / DAY),
    }));
  }

  /** Returns the last seal and the last full verification of the journal. Starts no verification. */
  async #journal(): Promise<JournalFacts> {
    const { sequence, sealedAt, waitingSeconds } = (await this.findings.find('journal')).values;
    const latest = await this.proofs.latest();
    const { endedAt, result } = latest ?? {};
    return {
      head: sealedAt && { sequence, sealedAt },
      waitingSeconds,
      proof: endedAt && result ? { verdict: result.verdict, endedAt, lines: result.lines } : null,
      stream: this.options.auditStream?.kind ?? 'off',
    };
  }
}
