import { counted } from './statement.words';
import type { Statement } from './statement.types';

type FulfilledStatement = Pick<Statement, 'reservations' | 'sessionIdleMinutes' | 'sessionMaxHours'>;

/** A clause that the software itself fulfils; the register of the trust file names the tests that prove it. */
interface Fulfilled {
  clause: string;
  /** The clause, in our own words. */
  says: string | ((statement: FulfilledStatement) => string);
  /** The reservations under which this deployment does not fulfil the clause. */
  unless?: readonly string[];
}

const FULFILLED: Fulfilled[] = [
  {
    clause: 'EXI RIE-PS 03 ; EXI 04',
    says: 'Pro Santé Connect est proposé, avec un autre moyen quand il est en panne.',
    unless: ['no-pro-sante-connect'],
  },
  {
    clause: 'EXI RIE-PS 11',
    says: 'Une seule connexion ouvre plusieurs applications, par OpenID Connect (PS 11 et 12).',
  },
  {
    clause: 'EXI RIE-PS 16',
    says: 'L’accès de secours est ouvert par un administrateur, pour 24 heures au plus, et noté au journal.',
    unless: ['recovery-codes'],
  },
  { clause: 'EXI 06', says: 'Une carte qui ouvre est nominative.', unless: ['service-cards'] },
  {
    clause: 'EXI 21',
    says: 'Un moyen se révoque à tout moment, par la personne et par un administrateur, avec un avis par e-mail.',
  },
  { clause: 'EXI 25', says: 'Les échecs sont comptés : des délais, un blocage, un nombre par jour.' },
  {
    clause: 'EXI 26',
    says: ({ sessionIdleMinutes, sessionMaxHours }) =>
      `Une session finit après ${counted(sessionIdleMinutes, 'minute')} sans usage, et après ${counted(sessionMaxHours, 'heure')} au plus.`,
  },
];

/** The RIE clauses that the software itself fulfils, a line each. */
export function fulfilledBy(statement: FulfilledStatement): string[] {
  const names = statement.reservations.map(({ id }) => id);
  return FULFILLED.filter(({ unless = [] }) => !unless.some((id) => names.includes(id))).map(
    ({ clause, says }) => `${clause} : ${typeof says === 'string' ? says : says(statement)}`,
  );
}
