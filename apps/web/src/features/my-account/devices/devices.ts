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

/** The person's sessions and remembered browsers, both reloaded after each action. */
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
      // The focused button has disappeared with its line.
      if (document.activeElement === document.body) goOn();
    },
  });
  return {
    sessions: sessions.data,
    browsers: browsers.data,
    /** Shows both parts together: the second would push the first. */
    asking: computed(() => sessions.isPending.value || browsers.isPending.value),
    ended,
    busy: ending.isLoading,
    problem: computed(() => ending.error.value ?? sessions.error.value ?? browsers.error.value),
    reload,
    end: ending.mutate,
  };
}
