import { mount, RouterLinkStub } from '@vue/test-utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { NOW } from '../../../test/samples';
import { loadMessages } from '../../locales';
import IdentityNotice from './IdentityNotice.vue';

const DAY = 86_400_000;

beforeAll(() => loadMessages('home'));

const shown = (identityRequiredFrom: string | null) =>
  mount(IdentityNotice, {
    props: {
      course: {
        stage: 'none',
        from: null,
        enrolmentUntil: null,
        ready: false,
        totp: false,
        prompt: false,
        identityRequiredFrom,
      },
    },
    global: { stubs: { RouterLink: RouterLinkStub } },
  }).text();

describe('a person whose identity is to be verified', () => {
  it('reads until when, and how', () => {
    const text = shown('2199-01-15T23:00:00.000Z');
    expect(text).toContain('votre structure le demande avant le 16 janvier 2199');
    expect(text).toContain('Connectez‑vous une fois par e‑CPS ou par carte');
  });

  it('reads since when, where an emergency access let them in after it', () => {
    expect(shown(new Date(NOW - 20 * DAY).toISOString())).toContain('le demande depuis le 4 novembre 2026');
  });

  it('reads nothing where it is verified, or not asked for', () => expect(shown(null)).toBe(''));
});
