import type { AdminApplication } from '../../../../api/types';
import type { Snippet } from './snippet.types';

/** The first API call for each scope of a machine client. */
const READ = [
  ['accounts:read', 'accounts'],
  ['structures:read', 'structures'],
  ['events:read', 'events'],
] as const;

/**
 * Commands of the guide for a token and a call. None for a machine client that proves itself by a key or certificate.
 */
export function curlSnippets(application: AdminApplication, base: string): Snippet[] {
  if (!application.authMethod.startsWith('client_secret')) return [];
  return [{ id: 'curl', name: 'curl', text: curlText(application, base) }];
}

function curlText({ id, authMethod, scopes, resources }: AdminApplication, base: string): string {
  const proof =
    authMethod === 'client_secret_basic'
      ? '-u "$client_id:$client_secret"'
      : '-d "client_id=$client_id" -d "client_secret=$client_secret"';
  const [audience, ...apiScopes] = resources[0]?.split(' ') ?? [];
  const resource = audience ? ` \\\n  -d "resource=${audience}"` : '';
  const path = READ.find(([scope]) => scopes.includes(scope))?.[1];
  const call = path ? `\ncurl -s -H "Authorization: Bearer $token" $base/api/admin/${path}` : '';
  return `base=${base}
client_id=${id}
client_secret='<client-secret>'
token=$(curl -s ${proof} $base/oidc/token \\
  -d grant_type=client_credentials${resource} \\
  --data-urlencode 'scope=${[...scopes, ...apiScopes].join(' ')}' |
  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')${call}`;
}
