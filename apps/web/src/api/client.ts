import { client } from '@portillon/api-client';
import { traceSignIn } from './trace-header';

/** The API answers within 10 s by contract; after twice that time no answer will come. */
const PATIENCE_MS = 20_000;

/**
 * Prepares the generated client: same origin, the page's language and a time limit. `observeTime` receives the `Date`
 * header of each answer.
 */
export function prepareClient(observeTime: (dateHeader: string | null) => void): void {
  client.setConfig({
    baseUrl: '',
    credentials: 'same-origin',
    cache: 'no-store',
    fetch: (input) => fetch(input, { signal: AbortSignal.timeout(PATIENCE_MS) }),
  });
  client.interceptors.request.use((request) => {
    request.headers.set('Accept-Language', document.documentElement.lang);
    traceSignIn(request);
    return request;
  });
  client.interceptors.response.use((response) => {
    observeTime(response.headers.get('Date'));
    return response;
  });
}
