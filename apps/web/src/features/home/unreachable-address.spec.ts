import { mount, RouterLinkStub } from '@vue/test-utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { account } from '../../../test/samples';
import { loadMessages } from '../../locales';
import UnreachableAddressNotice from './UnreachableAddressNotice.vue';

beforeAll(() => loadMessages('home'));

const shown = (emailUnreachableSince: string | null) =>
  mount(UnreachableAddressNotice, {
    props: { account: account({ emailUnreachableSince }) },
    global: { stubs: { RouterLink: RouterLinkStub } },
  }).text();

describe('a person whose mails come back', () => {
  it('reads it with the day and what to do', () => {
    const text = shown('2026-11-24T09:00:00.000Z');
    expect(text).toContain('c•••@hopital.example');
    expect(text).toMatch(/injoignable depuis le [^:]*24/);
    expect(text).toContain('Mon compte');
  });

  it('reads nothing where they arrive', () => expect(shown(null)).toBe(''));
});
