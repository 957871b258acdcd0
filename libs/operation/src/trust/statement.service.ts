import { Inject, Injectable } from '@nestjs/common';
import { SetupConfirmationService } from '@portillon/administration-setup';
import '@portillon/application';
import { AuditProofService } from '@portillon/audit';
import '@portillon/cpx';
import { Clock, DAY, FindingRegistry, Keyring } from '@portillon/kernel';
import { SigningKeyService } from '@portillon/openid';
import { PersonalDataRegistry } from '@portillon/personal-data';
import { OPERATION_OPTIONS } from '../operation.options';
import type { OperationOptions } from '../operation.options';
import { PeopleFactsService } from './people-facts.service';
import { isSignable, reservationsOf } from './reservations.policy';
import { linksOf, meansOf } from './settings-facts';
import type {
  Retention,
  Statement,
  JournalFacts,
  SecretKeyFacts,
  SigningKeyFacts,
  TableFacts,
  CodeWindow,
  DeploymentFacts,
} from './statement.types';
import type { AdministeringMeans, StatedMeansName } from './statement.words';

export interface StatementInput {
  settings: OperationOptions;
  tables: TableFacts;
  retention: Retention[];
  at: Date;
}

/** The facts of a deployment, and its deviations from the rules of its field. */
export function statementOf(input: StatementInput): Statement {
  const facts = factsOf(input);
  const reservations = reservationsOf(facts);
  return { ...facts, reservations, signable: isSignable(reservations) };
}

function factsOf({ settings, tables, ...rest }: StatementInput): DeploymentFacts {
  const { version, sbomSha256, production, publicUrl, serviceName, operatorName } = settings;
  const { acrOfMeans, adminStrongMeans } = settings;
  const { structures, administering, ...others } = tables;
  const means = meansOf(settings);
  const codeWindow = codeWindowOf(settings, tables);
  const codesOpen = structures.some((one) => one.codesOpen) || hasPeopleOutside(tables);
  return {
    ...rest,
    ...{ version, sbomSha256, production, publicUrl, serviceName, operatorName },
    means: means.map((one) => ({ ...one, opens: one.on && opensSomewhere(one.means, tables) })),
    ...{ acrOfMeans, adminStrongMeans },
    administering: administering.filter((one) =>
      means.some(({ means: name, on }) => on && carries(name, one)),
    ),
    serviceCards: settings.cpx?.allowServiceCards ?? false,
    ocspHost: settings.cpx?.ocspUrl ? new URL(settings.cpx.ocspUrl).host : null,
    directoryHost: settings.annuaire ? new URL(settings.annuaire.url).host : null,
    sessionIdleMinutes: settings.sessionIdleMinutes,
    sessionMaxHours: settings.sessionMaxHours,
    ...{ codeWindow, codesOpen },
    structures: summaryOf(structures),
    links: linksOf(settings),
    ...others,
  };
}

/**
 * The validity of codes where the password opens a session: a structure may be stricter than the deployment, never weaker.
 */
function codeWindowOf(settings: OperationOptions, tables: TableFacts): CodeWindow {
  const { codeWindowHours: hours, codeWindowScope: scope } = settings;
  const own = tables.structures
    .filter(({ passwordOpens }) => passwordOpens)
    .map((one) => one.codeWindowHours);
  const all = [...new Set(hasPeopleOutside(tables) ? [...own, hours] : own)];
  if (all.length === 0) return { hours, scope, strictestHours: null, laxestHours: null };
  return { hours, scope, strictestHours: Math.min(...all), laxestHours: Math.max(...all) };
}

/**
 * Whether the means opens a session somewhere. A recovery code depends on the settings only: it just adds another means.
 */
function opensSomewhere(means: StatedMeansName, tables: TableFacts): boolean {
  if (means === 'recovery-code' || hasPeopleOutside(tables)) return true;
  return tables.structures.some(({ opening }) => opening.includes(means));
}

/** Whether `one`, as a means to administer, is a sign-in by this means. */
function carries(means: StatedMeansName, one: AdministeringMeans): boolean {
  if (one === 'password' || one === 'emergency') return means.startsWith('password');
  return means === (one === 'proven-passkey' ? 'passkey' : one);
}

/** Whether accounts exist without a structure's rules, now or, without any structure, in future. */
function hasPeopleOutside({ structures, people }: TableFacts): boolean {
  return people.outsideStructures > 0 || structures.length === 0;
}

function summaryOf(structures: TableFacts['structures']): DeploymentFacts['structures'] {
  const dated = structures.filter((one) => one.strongMeansFrom !== null || one.proSanteConnectFrom !== null);
  return {
    total: structures.length,
    codesOpen: structures.filter((one) => one.codesOpen).length,
    withoutDate: structures.length - dated.length,
    dated,
  };
}

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
      commitRisks: (await this.findings.find('durability')).values.risks,
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
