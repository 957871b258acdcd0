import type { AdminApplication } from '../../../../api/types';
import { curlSnippets } from './curl-snippets';
import { HOSTS, proxySnippets } from './proxy-snippets';
import { openidSnippets } from './openid-snippets';
import type { Snippet } from './snippet.types';

/** Settings of each technology behind this gate; `issuer` is the origin of the service. */
export function snippetsFor(application: AdminApplication, issuer: string, hosts = HOSTS): Snippet[] {
  if (application.kind === 'gate') return proxySnippets(new URL(application.redirectUris[0]!).host, hosts);
  if (application.kind === 'service') return curlSnippets(application, issuer);
  return ['web', 'native'].includes(application.kind) ? openidSnippets(application, issuer) : [];
}
