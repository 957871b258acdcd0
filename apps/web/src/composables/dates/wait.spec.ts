import { mount } from '@vue/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { NOW } from '../../../test/samples';
import { useWait } from './wait';
import { useWaitText } from './wait-text';

beforeEach(() => vi.useFakeTimers({ now: NOW }));

function say(seconds: number): string {
  const Words = defineComponent(() => {
    const words = useWaitText();
    return () => h('p', words(seconds));
  });
  return mount(Words)
    .text()
    .replace(/[\u00a0\u202f]/g, ' ');
}

it.each([
  [-2, '0 seconde'],
  [0.4, '1 seconde'],
  [1, '1 seconde'],
  [65, '65 secondes'],
  [120, '2 minutes'],
  [121, '3 minutes'],
  [1_800, '30 minutes'],
  [3_600, '1 heure'],
  [3_660, '1 heure et 1 minute'],
  [86_400, '24 heures'],
])('says %s seconds as a person does', (seconds, words) => {
  expect(say(seconds)).toBe(words);
});

it('waits until the refusal allows another try', async () => {
  const Waiting = defineComponent(() => {
    const wait = useWait(() => NOW + 65_000);
    return () => h('p', wait.waiting ? wait.text : 'go');
  });
  const wrapper = mount(Waiting);
  expect(wrapper.text()).toBe('65\u00a0secondes');
  await vi.advanceTimersByTimeAsync(65_500);
  expect(wrapper.text()).toBe('go');
});
