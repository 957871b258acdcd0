import type { Settings } from '../settings/settings';
import { isSignable, reservationsOf } from './reservations.policy';
import { linksOf, meansOf } from './settings-facts';
import type { CodeWindow, DeploymentFacts, Retention, Statement, TableFacts } from './statement.types';

export interface StatementInput {
  settings: Settings;
  tables: TableFacts;
  retention: Retention[];
  version: string;
  sbomSha256: string | null;
  at: Date;
}

/** What a deployment is, and where it departs from the rules of its field. */
export function statementOf(input: StatementInput): Statement {
  const facts = factsOf(input);
  const reservations = reservationsOf(facts);
  return { ...facts, reservations, signable: isSignable(reservations) };
}

function factsOf({ settings, tables, ...rest }: StatementInput): DeploymentFacts {
  const { production, publicUrl, serviceName, operatorName, acrOfMeans, adminStrongMeans } = settings;
  const { structures, ...others } = tables;
  const codeWindow = codeWindowOf(settings, tables);
  const codesOpen = structures.some((one) => one.codesOpen) || hasPeopleOutside(tables);
  return {
    ...rest,
    ...{ production, publicUrl, serviceName, operatorName },
    means: meansOf(settings).map((one) => {
      const isOpen = one.means === 'password+otp' ? codeWindow.laxestHours !== null : codesOpen;
      return { ...one, opens: one.on && (isOpen || !one.means.startsWith('password')) };
    }),
    ...{ acrOfMeans, adminStrongMeans },
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

/** Where the password opens: a structure may be stricter than the deployment, never laxer. */
function codeWindowOf(settings: Settings, tables: TableFacts): CodeWindow {
  const { codeWindowHours: hours, codeWindowScope: scope } = settings;
  const own = tables.structures
    .filter(({ passwordOpens }) => passwordOpens)
    .map((one) => one.codeWindowHours);
  const all = [...new Set(hasPeopleOutside(tables) ? [...own, hours] : own)];
  if (all.length === 0) return { hours, scope, strictestHours: null, laxestHours: null };
  return { hours, scope, strictestHours: Math.min(...all), laxestHours: Math.max(...all) };
}

/** Whom no structure's rule reaches: also those to come, where there is no structure yet. */
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
