import { mount } from '@vue/test-utils';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { ReportFigures, SignInReport } from '../../../api/types';
import { loadMessages, setLocale } from '../../../locales';
import StatisticsBlock from './StatisticsBlock.vue';
import StatisticsDelays from './StatisticsDelays.vue';
import StatisticsSummary from './StatisticsSummary.vue';

const counts = { email: 0, sms: 0, total: 0 };
const figures: ReportFigures = {
  signIns: {
    passwordEmail: 0,
    passwordSms: 0,
    passwordTotp: 0,
    passwordRecoveryCode: 0,
    passwordRemembered: 0,
    proSanteConnect: 0,
    cpx: 0,
    passkey: 0,
    total: 0,
  },
  codes: { sent: { email: 12, sms: 5, total: 17 }, used: counts, expired: counts, refused: counts },
  delays: [
    { upToSeconds: 30, codes: 3 },
    { upToSeconds: null, codes: 1 },
  ],
  locks: { password: 0, code: 0, total: 0 },
  refusals: { password: 0, proSanteConnect: 0, cpx: 0, passkey: 0, total: 0 },
};
const report: SignInReport = {
  structure: null,
  from: '2026-11-01',
  to: '2026-11-30',
  by: 'month',
  timeZone: 'Europe/Paris',
  total: figures,
  items: [{ ...figures, period: '2026-11' }],
};

beforeAll(() => loadMessages('statistics'));
afterEach(() => setLocale('fr'));

const sentences = () =>
  [
    mount(StatisticsBlock, { props: { chart: 'sent', report, today: '2026-11-24' } }),
    mount(StatisticsDelays, { props: { report } }),
  ].map((shown) => shown.get('[role=img]').attributes('aria-label'));

it('shows each figure after its name and a colon, preceded by a space in French only', async () => {
  const percent = new Intl.NumberFormat('fr-FR', { style: 'percent' });
  expect(sentences()).toEqual([
    'Codes envoyés. E‑mail\u00a0: 12, SMS\u00a0: 5.',
    `Temps entre l’envoi et la saisie du code. ≤ 30 s\u00a0: ${percent.format(0.75)}, > 30 s\u00a0: ${percent.format(0.25)}.`,
  ]);
  await setLocale('en');
  expect(sentences()).toEqual([
    'Codes sent. Email: 12, Text message: 5.',
    'Time between sending a code and entering it. ≤ 30 s: 75%, > 30 s: 25%.',
  ]);
});

function summary(changes: Partial<ReportFigures>, before: Partial<ReportFigures> = {}) {
  const withTotal = (part: Partial<ReportFigures>) => ({ ...report, total: { ...figures, ...part } });
  const shown = mount(StatisticsSummary, {
    props: { report: withTotal(changes), before: withTotal(before) },
  });
  return shown.findAll('[data-figure]').map((one) => one.text().replace(/\s+/g, ' '));
}

it('shows no share, delay or change without data', () => {
  const codes = { ...figures.codes, sent: counts };
  const nothing = { codes, delays: figures.delays.map((one) => ({ ...one, codes: 0 })) };
  const shown = summary(nothing, nothing);
  expect(shown.join()).not.toMatch(/%|pt|NaN|0 s/);
  expect(shown[1]).toBe('des codes utilisés–');
});

it('shows five figures, each with its change from the previous period', () => {
  const locks = (total: number) => ({ locks: { password: total, code: 0, total } });
  const used = (total: number) => ({
    codes: { ...figures.codes, used: { ...counts, total }, sent: { ...counts, total: 100 } },
  });
  const shown = summary({ ...locks(3), ...used(84) }, { ...locks(4), ...used(85) });
  expect(shown).toHaveLength(5);
  expect(shown[0]).toBe('connexions0');
  expect(shown[1]).toContain('84 %');
  expect(shown[1]).toContain('−1 pt par rapport à la période d’avant');
  expect(shown[2]).toContain('≈ 20 sstable');
  expect(shown[3]).toContain('−25 %');
});

it('describes one period with its parts, and leaves out empty ones', () => {
  const shown = mount(StatisticsBlock, { props: { chart: 'sent', report, today: '2026-11-24' } });
  expect(shown.get('input[type=range]').attributes('aria-valuetext')).toMatch(
    /^novembre 2026\s: 17, E‑mail\s: 12 \(71\s%\), SMS\s: 5 \(29\s%\)$/,
  );
  expect(shown.find('[data-unfinished]').exists()).toBe(true);
});
