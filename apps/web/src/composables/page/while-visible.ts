import { onScopeDispose } from 'vue';

/**
 * Calls `act` every `everyMs` while the page is visible, and when it becomes visible again, until `stop` or unmount.
 */
export function useWhileVisible(act: () => unknown, everyMs: number): { stop: () => void } {
  const look = () => document.visibilityState === 'visible' && act();
  const timer = setInterval(look, everyMs);
  document.addEventListener('visibilitychange', look);
  function stop() {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  }
  onScopeDispose(stop);
  return { stop };
}
