import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import BarChart from './BarChart.vue';

const chart = (periods: string[], values: number[][]) =>
  mount(BarChart, {
    props: {
      sentence: 'Connexions. E-mail : 3.',
      periods,
      series: values.map((one, at) => ({ key: `s${at}`, text: `Série ${at}`, values: one })),
      number: String,
    },
  });

it('is one picture with a sentence, whose series have each a pattern of their own', () => {
  const shown = chart(
    ['janv.', 'févr.'],
    [
      [1, 2],
      [3, 4],
    ],
  );
  expect(shown.get('[role=img]').attributes('aria-label')).toBe('Connexions. E-mail : 3.');
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
