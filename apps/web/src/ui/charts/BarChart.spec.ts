import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import BarChart from './BarChart.vue';

const chart = (periods: string[], values: number[][], labelWidth?: number) =>
  mount(BarChart, {
    props: {
      labelWidth,
      sentence: 'Connexions. E‑mail : 3.',
      periods,
      series: values.map((one, at) => ({ key: `s${at}`, text: `Série ${at}`, values: one })),
      number: String,
    },
  });

it('is one picture with a sentence, whose series have distinct patterns', () => {
  const shown = chart(
    ['janv.', 'févr.'],
    [
      [1, 2],
      [3, 4],
    ],
  );
  expect(shown.get('[role=img]').attributes('aria-label')).toBe('Connexions. E‑mail : 3.');
  const fills = shown.findAll('figure > div rect[fill^="url"]').map((bar) => bar.attributes('fill'));
  expect(new Set(fills).size).toBe(2);
  expect(fills).toHaveLength(4);
});

it('draws nothing outside, and names no more periods than there is room for', () => {
  const days = Array.from({ length: 366 }, (_, day) => `${day}`);
  const shown = chart(days, [days.map(() => 1)]);
  const sizes = shown.findAll('figure > div rect[x]').map((bar) => Number(bar.attributes('width')));
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  const labels = shown.findAll('text[text-anchor=middle]').map((label) => Number(label.attributes('x')));
  expect(labels.length).toBeLessThan(9);
  expect(Math.max(...labels)).toBeLessThanOrEqual(640 - 42);
});

it('names every bar where its texts are short', () => {
  const bounds = ['≤ 10 s', '≤ 20 s', '≤ 30 s', '≤ 1 min', '≤ 2 min', '≤ 5 min', '> 5 min'];
  const named = (width?: number) =>
    chart(bounds, [bounds.map(() => 1)], width)
      .findAll('text[text-anchor=middle]')
      .map((label) => label.text());
  expect(named(60)).toEqual(bounds);
});

it('keeps its patterns, and names its periods evenly, at any length', () => {
  for (const length of [31, 195, 366]) {
    const days = Array.from({ length }, (_, day) => `${day}`);
    const shown = chart(days, [days.map(() => 1), days.map(() => 2)]);
    const fills = shown.findAll('figure > div rect[x][height]').map((bar) => bar.attributes('fill'));
    expect(new Set(fills).size).toBe(2);
    for (const fill of fills) expect(fill).toMatch(/^url\(#/);
    const labels = shown.findAll('text[text-anchor=middle]').map((label) => Number(label.text()));
    const steps = labels.slice(1).map((label, at) => label - labels[at]!);
    expect(new Set(steps).size).toBe(1);
  }
});

it('hatches the period that is not over, and reads out its bars by the arrow keys', async () => {
  const shown = mount(BarChart, {
    props: {
      sentence: 'Connexions.',
      periods: ['lundi', 'mardi'],
      series: [{ key: 'a', text: 'A', values: [1, 2] }],
      number: String,
      unfinished: { at: 1, text: 'pas encore fini' },
      reader: { label: 'Lire', at: (at) => [['lundi', 'mardi'][at]!, `A : ${at + 1}`] },
    },
    attachTo: document.body,
  });
  expect(shown.text()).toContain('pas encore fini');
  expect(shown.find('[data-unfinished]').exists()).toBe(true);
  const slider = shown.get<HTMLInputElement>('input[type=range]');
  slider.element.focus();
  await slider.trigger('focus');
  expect(shown.get('[data-read-out]').text()).toBe('mardiA : 2');
  await slider.setValue('0');
  expect(slider.attributes('aria-valuetext')).toBe('lundi, A : 1');
  expect(shown.get('[data-read-out]').text()).toBe('lundiA : 1');
  await slider.trigger('keydown', { key: 'Escape' });
  expect(shown.find('[data-read-out]').exists()).toBe(false);
  shown.unmount();
});

it('hatches nothing of a time that is over', () => {
  expect(
    chart(['janv.'], [[1]])
      .find('[data-unfinished]')
      .exists(),
  ).toBe(false);
});
