import { onScopeDispose } from 'vue';

const SIGNS = ['pointerdown', 'keydown', 'scroll', 'touchstart'] as const;

/** Calls `act` on the person's activity in the page, at most once per `everyMs`. */
export function useActivity(act: () => void, everyMs: number): void {
  let last = Date.now();
  function notice() {
    if (Date.now() - last < everyMs) return;
    last = Date.now();
    act();
  }
  SIGNS.forEach((sign) => addEventListener(sign, notice, { capture: true, passive: true }));
  onScopeDispose(() => SIGNS.forEach((sign) => removeEventListener(sign, notice, { capture: true })));
}

/** Calls `act` when the person returns to this tab or window. */
export function useReturn(act: () => void): void {
  const back = () => document.visibilityState === 'visible' && act();
  document.addEventListener('visibilitychange', back);
  addEventListener('focus', back);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', back);
    removeEventListener('focus', back);
  });
}
