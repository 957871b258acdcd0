import type { ReportFigures, SignInReport } from '../../../api/types';
import { frenchDate } from '../../../composables/dates/french-date';

type Figure = (figures: ReportFigures) => number;

/** Series of each chart and of its table, in display order. */
export const statisticsCharts = {
  signIns: {
    passwordEmail: ({ signIns }) => signIns.passwordEmail,
    passwordSms: ({ signIns }) => signIns.passwordSms,
    passwordTotp: ({ signIns }) => signIns.passwordTotp,
    passwordRemembered: ({ signIns }) => signIns.passwordRemembered,
    proSanteConnect: ({ signIns }) => signIns.proSanteConnect,
    cpx: ({ signIns }) => signIns.cpx,
    passkey: ({ signIns }) => signIns.passkey,
    passwordRecoveryCode: ({ signIns }) => signIns.passwordRecoveryCode,
  },
  sent: {
    email: ({ codes }) => codes.sent.email,
    sms: ({ codes }) => codes.sent.sms,
  },
  codes: {
    used: ({ codes }) => codes.used.total,
    expired: ({ codes }) => codes.expired.total,
    refused: ({ codes }) => codes.refused.total,
  },
  refusals: {
    password: ({ refusals }) => refusals.password,
    proSanteConnect: ({ refusals }) => refusals.proSanteConnect,
    cpx: ({ refusals }) => refusals.cpx,
    passkey: ({ refusals }) => refusals.passkey,
    lockPassword: ({ locks }) => locks.password,
    lockCode: ({ locks }) => locks.code,
  },
} satisfies Record<string, Record<string, Figure>>;

export type StatisticsChart = keyof typeof statisticsCharts;

/** One series for each figure, one value for each period. */
export function seriesOf(chart: StatisticsChart, report: SignInReport) {
  const figures: Record<string, Figure> = statisticsCharts[chart];
  return Object.entries(figures).map(([key, figure]) => ({
    key,
    values: report.items.map(figure),
    total: figure(report.total),
  }));
}

/** Short text of a day or a month. */
export function periodText(period: string, language: string): string {
  const short = period.length > 7 ? { day: 'numeric', month: 'short' } : { month: 'short', year: 'numeric' };
  return format(period, language, short as Intl.DateTimeFormatOptions);
}

/** Full text of a day or a month: `vendredi 13 novembre 2026`. */
export function periodName(period: string, language: string): string {
  return format(
    period,
    language,
    period.length > 7 ? { dateStyle: 'full' } : { month: 'long', year: 'numeric' },
  );
}

/** A range of days, with the shared parts once: `29 oct. – 27 nov. 2026`. */
export function spanText({ from, to }: { from: string; to: string }, language: string): string {
  const days = new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle: 'medium' });
  return inWords(days.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)), language);
}

/** Index of the period that contains `today`; -1 without one. */
export function unfinishedAt(report: SignInReport, today: string): number {
  return report.items.findIndex(({ period }) => today.startsWith(period));
}

function format(period: string, language: string, options: Intl.DateTimeFormatOptions): string {
  const time = new Date(`${period.length > 7 ? period : `${period}-01`}T00:00:00Z`);
  return inWords(new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options }).format(time), language);
}

function inWords(written: string, language: string): string {
  return language.startsWith('fr') ? frenchDate(written) : written;
}
