import { useMutation, useQuery } from '@pinia/colada';
import { computed, nextTick, ref } from 'vue';
import {
  endOtherSessions,
  endSession,
  forgetAllBrowsers,
  forgetBrowser,
  listBrowsers,
  listSessions,
} from '../../../api/account.api';

/** The item to end: one session or browser; all of them without an id. */
interface DeviceAct {
  kind: 'session' | 'browser';
  id?: string;
}
const ONE = { session: endSession, browser: forgetBrowser };
const ALL = { session: endOtherSessions, browser: forgetAllBrowsers };

/** Where the person is signed in, and where they are remembered; both are read again after each act. */
export function useDevices(goOn: () => void) {
  const sessions = useQuery({ key: ['sessions'], query: listSessions });
  const browsers = useQuery({ key: ['browsers'], query: listBrowsers });
  const ended = ref<DeviceAct | null>(null);
  const reload = () => Promise.all([sessions.refetch(true), browsers.refetch(true)]);
  const ending = useMutation({
    mutation: async (act: DeviceAct) => {
      ended.value = null;
      await (act.id === undefined ? ALL[act.kind]() : ONE[act.kind](act.id));
      await reload();
      ended.value = act;
      await nextTick();
      // The button that the keyboard was on has gone with its line.
      if (document.activeElement === document.body) goOn();
    },
  });
  return {
    sessions: sessions.data,
    browsers: browsers.data,
    /** What came first would be pushed by what comes after it. */
    asking: computed(() => sessions.isPending.value || browsers.isPending.value),
    ended,
    busy: ending.isLoading,
    problem: computed(() => ending.error.value ?? sessions.error.value ?? browsers.error.value),
    reload,
    end: ending.mutate,
  };
}
