import { CSV_BEGINNING, csvLine } from '@portillon/http';
import type { ReportFigures, SignInReport } from './report.dto';

type Column = readonly [title: string, figure: (figures: ReportFigures) => number];

const COLUMNS: Column[] = [
  ['sign_ins', ({ signIns }) => signIns.total],
  ['sign_ins_password_email', ({ signIns }) => signIns.passwordEmail],
  ['sign_ins_password_sms', ({ signIns }) => signIns.passwordSms],
  ['sign_ins_password_remembered', ({ signIns }) => signIns.passwordRemembered],
  ['sign_ins_pro_sante_connect', ({ signIns }) => signIns.proSanteConnect],
  ['sign_ins_cpx', ({ signIns }) => signIns.cpx],
  ['codes_sent_email', ({ codes }) => codes.sent.email],
  ['codes_sent_sms', ({ codes }) => codes.sent.sms],
  ['codes_used_email', ({ codes }) => codes.used.email],
  ['codes_used_sms', ({ codes }) => codes.used.sms],
  ['codes_expired', ({ codes }) => codes.expired.total],
  ['codes_refused', ({ codes }) => codes.refused.total],
  ['locks_password', ({ locks }) => locks.password],
  ['locks_code', ({ locks }) => locks.code],
  ['refusals', ({ refusals }) => refusals.total],
  ['sign_ins_passkey', ({ signIns }) => signIns.passkey],
  ['sign_ins_password_totp', ({ signIns }) => signIns.passwordTotp],
  ['sign_ins_password_recovery_code', ({ signIns }) => signIns.passwordRecoveryCode],
];

/** The report as a table: a line for each period, the sum last. */
export function reportCsv(report: SignInReport): string {
  const bounds = report.total.delays.map(({ upToSeconds }) => `codes_within_${upToSeconds ?? 'more'}`);
  const head = ['period', ...COLUMNS.map(([title]) => title), ...bounds];
  const row = (name: string, figures: ReportFigures) =>
    csvLine([
      name,
      ...COLUMNS.map(([, figure]) => figure(figures)),
      ...figures.delays.map(({ codes }) => codes),
    ]);
  const lines = report.items.map((item) => row(item.period, item));
  return [CSV_BEGINNING, csvLine(head), ...lines, row('total', report.total)].join('');
}
