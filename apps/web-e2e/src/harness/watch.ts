import type { BrowserContext } from '@playwright/test';

/** The browser's own texts about a refused request: the tests check the page's texts only. */
const REFUSED = /^Failed to load resource: the server responded with a status of 4\d\d/;

/**
 * Gathers what no page may ever do: ask something of another site than `origins`, break the content security policy, let an
 * error reach the console, meet a failure of the server.
 */
export function watch(context: BrowserContext, origins: () => string[], complaints: string[]): void {
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && !origins().includes(asked))
      complaints.push(`asked ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} from ${response.url()}`);
  });
  context.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type()) || REFUSED.test(message.text())) return;
    complaints.push(`console: ${message.text()}`);
  });
  context.on('weberror', (event) => complaints.push(`thrown: ${event.error().stack}`));
}
