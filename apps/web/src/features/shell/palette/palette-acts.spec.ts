import { mount } from '@vue/test-utils';
import { beforeEach, expect, it } from 'vitest';
import { adminAccount } from '../../../../test/administration';
import { session } from '../../../../test/samples';
import type { AccountLine } from '../../../api/types';
import { loadMessages } from '../../../locales';
import { useSessionStore } from '../../../stores/session.store';
import { usePaletteActs } from './palette-acts';
import { usePaletteRecent } from './palette-recent';

beforeEach(async () => {
  await loadMessages('palette');
});

/** What a composable returns inside a component. */
function within<Result>(use: () => Result): Result {
  let result: Result;
  mount({ setup: () => ((result = use()), () => null) });
  return result!;
}

it('reads « qui a lu » and a name, and leads to the journal of that account', () => {
  const { actsIn, resultsOf } = within(usePaletteActs);
  expect(actsIn('Qui a lu claire martin')).toEqual({ acts: ['whoRead'], name: 'claire martin' });
  expect(actsIn('qui a l')).toBeNull();
  expect(actsIn('désac claire')).toEqual({ acts: ['deactivate'], name: 'claire' });
  const gone = adminAccount({ status: 'DEACTIVATED' }) as AccountLine;
  expect(resultsOf(['whoRead'], [gone])).toMatchObject([
    {
      text: 'Voir qui a lu le compte de Claire Martin',
      to: { query: { person: 'a1', act: 'account_read' } },
    },
  ]);
});

it('keeps what was opened for one person, and nothing of it for the next, nor for their return', () => {
  const sessions = useSessionStore();
  const recentOf = (id: string) => {
    sessions.adopt({ ...session(), account: { ...session().account, id } });
    return within(usePaletteRecent);
  };
  recentOf('nadia').keep({ id: 'claire', text: 'Claire Martin', to: '/' });
  expect(recentOf('nadia').results.value).toHaveLength(1);
  expect(recentOf('paul').results.value).toEqual([]);
  expect(recentOf('nadia').results.value).toEqual([]);
});
