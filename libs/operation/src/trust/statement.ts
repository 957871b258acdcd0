import type { OperationOptions } from '../operation.options';
import { isSignable, reservationsOf } from './reservations.policy';
import { linksOf, meansOf } from './settings-facts';
import type { AdministeringMeans, StatedMeansName } from './statement.words';
import type { CodeWindow, DeploymentFacts, Retention, Statement, TableFacts } from './statement.types';

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
