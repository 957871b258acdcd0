import type { Page, Route } from '@playwright/test';

/** Until the function that it resolves to is called, what is asked there has no answer. */
export async function hold(
  page: Page,
  url: string,
  then: (route: Route) => Promise<void> = (route) => route.continue(),
): Promise<() => void> {
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(url, async (route) => {
    await held;
    await then(route);
  });
  return answer;
}
