import { mount } from '@vue/test-utils';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { ReportFigures, SignInReport } from '../../api/types';
import { loadMessages, setLocale } from '../../locales';
import StatisticsBlock from './StatisticsBlock.vue';
import StatisticsDelays from './StatisticsDelays.vue';
import StatisticsSummary from './StatisticsSummary.vue';

const counts = { email: 0, sms: 0, total: 0 };
const figures: ReportFigures = {
  signIns: {
    passwordEmail: 0,
    passwordSms: 0,
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
    mount(StatisticsBlock, { props: { chart: 'sent', report } }),
    mount(StatisticsDelays, { props: { report } }),
  ].map((shown) => shown.get('[role=img]').attributes('aria-label'));

it('says each figure behind its name and a colon, before which French alone has a space', async () => {
  const percent = new Intl.NumberFormat('fr-FR', { style: 'percent' });
  expect(sentences()).toEqual([
    'Codes envoyés. E-mail\u00a0: 12, SMS\u00a0: 5.',
    `Temps entre l’envoi et la saisie du code. ≤ 30 s\u00a0: ${percent.format(0.75)}, > 30 s\u00a0: ${percent.format(0.25)}.`,
  ]);
  await setLocale('en');
  expect(sentences()).toEqual([
    'Codes sent. Email: 12, Text message: 5.',
    'Time between sending a code and entering it. ≤ 30 s: 75%, > 30 s: 25%.',
  ]);
});

it('says no share of nothing', () => {
  const codes = { ...figures.codes, sent: counts };
  const shown = mount(StatisticsSummary, { props: { report: { ...report, total: { ...figures, codes } } } });
  expect(shown.text()).not.toContain('%');
  expect(shown.text()).toContain('–');
});
