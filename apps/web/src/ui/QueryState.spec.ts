import { mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import type { ProblemShown } from './ProblemBox.vue';
import QueryState from './QueryState.vue';

const busy = { code: 'service.busy', retryAt: null, receivedAt: 1 };

function shown(answer: string[] | undefined, failure: ProblemShown | null = null, more = {}) {
  const query = { data: ref(answer), error: ref(failure), refetch: vi.fn() };
  const wrapper = mount(QueryState, {
    attachTo: document.body,
    props: { query, ...more },
    slots: { default: `<template #default="{ data }">{{ data.join() }}</template>` },
  });
  return { wrapper, query };
}

describe('what a query brings', () => {
  it('is loading until it is there', async () => {
    const { wrapper, query } = shown(undefined);
    expect(wrapper.get('[role=status]').text()).toBe('Chargement…');
    query.data.value = ['one', 'two'];
    await nextTick();
    expect(wrapper.text()).toBe('one,two');
  });

  it('is a sentence in place of a list without lines', () => {
    expect(shown([], null, { empty: 'Rien.' }).wrapper.get('[role=status]').text()).toBe('Rien.');
  });

  it('is a refusal, which may be tried again, in place of what is missing', async () => {
    const { wrapper, query } = shown(undefined, busy);
    expect(document.activeElement).toBe(wrapper.get('[role=alert]').element);
    expect(wrapper.find('[role=status]').exists()).toBe(false);
    await wrapper.get('button').trigger('click');
    expect(query.refetch).toHaveBeenCalledOnce();
  });

  it('stays under a refusal, and each refusal takes the focus', async () => {
    const { wrapper } = shown(['one'], busy);
    expect(wrapper.text()).toContain('one');
    (document.activeElement as HTMLElement).blur();
    await wrapper.setProps({ refusal: { ...busy, receivedAt: 2 } });
    expect(document.activeElement).toBe(wrapper.get('[role=alert]').element);
  });
});
